package load

import (
	"fmt"
	"slices"

	"github.com/wxgen/wxgen/internal/model"
)

// A direction says in which messages a type is used.
type direction uint8

const (
	requested direction = 1 << iota
	returned
)

// decideByUse makes the decisions that depend on all uses of a type: which fields are pointers, and
// which types seal, open and check.
func (b *builder) decideByUse(ops []*model.Operation, events []*model.Event) {
	uses := map[*model.Type]direction{}
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

// reach marks a type, and all types of its fields.
func reach(t *model.Type, u direction, uses map[*model.Type]direction) {
	if t == nil || uses[t]&u != 0 {
		return
	}
	uses[t] |= u
	for _, f := range t.Fields {
		reach(f.Type.Named(), u, uses)
	}
	reach(t.Elem.Named(), u, uses)
}

// pointer decides whether a field is a pointer. An optional object is one. An optional number or
// boolean is a pointer in a request, where 0 and false are values, and a value in a response.
// x-go-pointer overrides that.
func (b *builder) pointer(t *model.Type, f *model.Field, u direction) {
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

// spread sets a mark on every type with an own field that has it, and on all types that contain
// such a type.
func (b *builder) spread(mark func(*model.Type) *bool, own func(*model.Type, *model.Field) bool) {
	holders := map[*model.Type][]*model.Type{} // the types that contain a type
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
