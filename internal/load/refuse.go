package load

import (
	"fmt"
	"slices"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/model"
)

// validate refuses a field that would hide the request's method Validate.
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

// choosable refuses a choice with an object that is not a pointer: it is always set.
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

// recursion reports a struct that contains itself by value, which Go cannot compile.
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

// sealedMaps refuses sensitive fields below a map: a map's values cannot be sealed in place.
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

// unfilled refuses x-wxpay-file where the runtime does not look for it: everywhere except in the
// JSON part of an upload.
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
