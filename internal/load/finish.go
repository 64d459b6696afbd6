package load

import (
	"fmt"
	"slices"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/model"
)

// use says where a type travels.
type use uint8

const (
	requested use = 1 << iota
	returned
)

// finish decides what depends on all uses of a type: which fields are pointers, which types seal,
// open and check.
func (b *builder) finish(ops []*model.Operation, events []*model.Event) {
	uses := map[*model.Type]use{}
	for _, op := range ops {
		reach(op.Request, requested, uses)
		reach(op.Response, returned, uses)
		reach(op.RawResponse.Named(), returned, uses)
		b.validate(op)
	}
	for _, e := range events {
		reach(e.Resource, returned, uses)
	}
	for _, t := range b.order {
		for _, f := range t.Fields {
			b.pointer(t, f, uses[t])
			b.misplaced(f)
		}
		b.choosable(t)
	}
	b.unfilled(ops)
	b.recursion()
	b.spread(func(t *model.Type) *bool {
		return &t.Secrets
	}, func(_ *model.Type, f *model.Field) bool { return f.Sensitive })
	b.spread(func(t *model.Type) *bool {
		return &t.Checks
	}, func(t *model.Type, f *model.Field) bool {
		return uses[t]&requested != 0 &&
			(checked(f) || f.Type.Bounded() || f.Type.Holds() || len(t.Choices) > 0)
	})
	for _, t := range b.order {
		t.Checks = t.Checks && uses[t]&requested != 0
		b.sealedMaps(t)
	}
	for _, op := range ops {
		op.Seals = op.Request != nil && op.Request.Secrets ||
			slices.ContainsFunc(op.Node.Params, func(p *model.Param) bool { return p.Sensitive })
		op.Opens = op.Response != nil && op.Response.Secrets || op.RawResponse.Sensitive()
	}
}

// reach marks a type, and all that it is made of.
func reach(t *model.Type, u use, uses map[*model.Type]use) {
	if t == nil || uses[t]&u != 0 {
		return
	}
	uses[t] |= u
	for _, f := range t.Fields {
		reach(f.Type.Named(), u, uses)
	}
	reach(t.Elem.Named(), u, uses)
}

// validate refuses a field that would hide a request's own method.
func (b *builder) validate(op *model.Operation) {
	if op.Request == nil {
		return
	}
	for _, f := range op.Request.Fields {
		if at := b.fields[f].key; f.Go == "Validate" && at.OK() {
			b.faults.At(at,
				fmt.Sprintf("property %s is called Validate in Go, and so is a method of every "+
					"request", f.Wire), "give it an x-go-name")
		}
	}
}

// pointer decides whether a field is a pointer. An optional object is one. An optional number or
// boolean is one in a request, where 0 and false mean something, and none in a response.
// x-go-pointer overrides that.
func (b *builder) pointer(t *model.Type, f *model.Field, u use) {
	p := b.fields[f]
	object := f.Type.Base == model.Named && f.Type.Ref.Kind == model.Struct
	scalar := f.Type.Base == model.Int || f.Type.Base == model.Float || f.Type.Base == model.Bool ||
		f.Type.Base == model.Named && f.Type.Ref.Base == "int64"
	if f.In == model.InMeta || f.In == model.InFile {
		return
	}
	if p.pointer.OK() {
		text := f.Type.Base == model.String || f.Type.Base == model.Named &&
			f.Type.Ref.Base == "string"
		if !object && !scalar && !text {
			b.faults.At(p.pointer,
				fmt.Sprintf("property %s: x-go-pointer on a field that is no number, boolean, "+
					"string or object", p.wire), "remove it")
			return
		}
		f.Type.Pointer = p.pointer.Text() == "true"
		return
	}
	switch {
	case f.Required:
	case object:
		f.Type.Pointer = true
	case scalar && u == requested|returned:
		b.faults.At(p.key,
			fmt.Sprintf("property %s: an optional number or boolean of %s, which requests and "+
				"responses share: a pointer in the one, a value in the other", p.wire, t.Name),
			"write x-go-pointer: true (or false) beside it")
	case scalar && u&requested != 0:
		f.Type.Pointer = true
	}
}

// choosable refuses a choice of an object that is a value: it cannot be told whether one is set.
func (b *builder) choosable(t *model.Type) {
	for _, c := range t.Choices {
		for _, f := range slices.Concat(c.Branches...) {
			if p := b.fields[f]; !f.Type.Pointer && f.Type.Base == model.Named &&
				f.Type.Ref.Kind == model.Struct && p.pointer.OK() {
				b.faults.At(p.pointer,
					fmt.Sprintf("property %s: x-go-pointer: false on an object that is one of a "+
						"choice", p.wire), "remove it")
			}
		}
	}
}

// misplaced refuses files outside of uploads.
func (b *builder) misplaced(f *model.Field) {
	if p := b.fields[f]; f.Type.Base == model.File && f.In != model.InFile && p.key.OK() {
		b.faults.At(p.key, fmt.Sprintf("property %s: a file outside of an upload", p.wire),
			"files are parts of multipart/form-data, or whole replies of "+check.Binary)
	}
}

// recursion reports a struct that holds itself as a value, which no value can satisfy.
func (b *builder) recursion() {
	const visiting, done = 1, 2
	state := map[*model.Type]int{}
	var visit func(t *model.Type)
	visit = func(t *model.Type) {
		state[t] = visiting
		for _, f := range t.Fields {
			if f.Type.Base != model.Named || f.Type.Pointer || f.Type.Ref.Kind != model.Struct {
				continue
			}
			switch p := b.fields[f]; state[f.Type.Ref] {
			case visiting:
				b.faults.At(p.key, fmt.Sprintf("property %s: %s holds itself without end", p.wire,
					f.Type.Ref.Name), "leave it out of required")
			case 0:
				visit(f.Type.Ref)
			}
		}
		state[t] = done
	}
	for _, t := range b.order {
		if state[t] == 0 {
			visit(t)
		}
	}
}

// spread sets a mark on every type that has it by one of its own fields, or by a type that it is
// made of.
func (b *builder) spread(mark func(*model.Type) *bool, own func(*model.Type, *model.Field) bool) {
	holders := map[*model.Type][]*model.Type{} // who is made of it
	var queue []*model.Type
	for _, t := range b.order {
		for _, f := range t.Fields {
			if part := f.Type.Named(); part != nil {
				holders[part] = append(holders[part], t)
			}
			if own(t, f) && !*mark(t) {
				*mark(t) = true
				queue = append(queue, t)
			}
		}
		if part := t.Elem.Named(); part != nil {
			holders[part] = append(holders[part], t)
		}
	}
	for len(queue) > 0 {
		t := queue[0]
		queue = queue[1:]
		for _, h := range holders[t] {
			if !*mark(h) {
				*mark(h) = true
				queue = append(queue, h)
			}
		}
	}
}

// checked reports whether Validate can tell that a field is missing.
func checked(f *model.Field) bool {
	if !f.Required {
		return false
	}
	if f.Type.Pointer {
		return true
	}
	switch f.Type.Base {
	case model.String, model.Time, model.Secret, model.File, model.Raw:
		return true
	case model.Named:
		return f.Type.Ref.Base == "string"
	case model.List:
		return f.MinItems > 0
	}
	return false
}

// sealedMaps refuses sensitive fields below a map, whose values cannot be sealed in place.
func (b *builder) sealedMaps(t *model.Type) {
	for _, f := range t.Fields {
		for r := f.Type; r != nil; r = r.Elem {
			if p := b.fields[f]; r.Base == model.Map && r.Sensitive() && p.key.OK() {
				b.faults.At(p.key,
					fmt.Sprintf("property %s: a map of objects with sensitive fields is not "+
						"supported", p.wire), "write an array")
				break
			}
		}
	}
}

// unfilled refuses x-wxpay-file where the runtime does not look for it: anywhere but in what
// describes an upload's file.
func (b *builder) unfilled(ops []*model.Operation) {
	metas := map[*model.Type]bool{}
	for _, op := range ops {
		if op.Upload == nil || op.Request == nil {
			continue
		}
		for _, f := range op.Request.Fields {
			if f.In == model.InMeta {
				metas[f.Type.Ref] = true
			}
		}
	}
	for _, t := range b.order {
		for _, f := range t.Fields {
			if p := b.fields[f]; slices.Contains(check.FileFacts, p.file.Text()) && !metas[t] {
				b.faults.At(p.file,
					fmt.Sprintf("property %s: x-wxpay-file outside of an upload's description of "+
						"its file", p.wire), "remove it")
			}
		}
	}
}
