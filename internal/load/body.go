package load

import (
	"strings"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/source"
)

// content returns the media type and schema of a body.
func content(v source.Node) (string, source.Node) {
	for k, media := range v.Get("content").Entries() {
		return k.Text(), media.Get("schema")
	}
	return "", source.Node{File: v.File}
}

// bare makes the type of a body that is not an object.
func (b *builder) bare(s source.Node, p site) *model.TypeRef {
	t := b.ref(s, p)
	if t != nil && (t.Base == model.File || t.Base == model.Secret) {
		b.faults.At(s, p.what+" cannot be a file or a sensitive string", "write an object")
		return nil
	}
	return t
}

// rawBody makes the field for a body that is not an object.
func (b *builder) rawBody(op *model.Operation, t *model.Type, s source.Node, fields *scope) {
	if !fields.add("Body", "the body", s) {
		return
	}
	op.RawRequest = b.bare(s, site{owner: t, name: t.Name + "Item", what: "the request", depth: 1})
	if op.RawRequest == nil {
		return
	}
	f := &model.Field{Go: "Body", Type: op.RawRequest, Required: true,
		Doc: prose(s.Get("description"))}
	f.MinItems = source.Count(b.set.Follow(s, source.Schemas).Node, "minItems")
	f.Sensitive = f.Type.Secret()
	t.Fields = append(t.Fields, f)
	b.fields[f] = prop{key: s}
}

// upload makes the two fields of a multipart body.
func (b *builder) upload(op *model.Operation, t *model.Type, s source.Node, fields *scope) {
	op.HasBody = false
	op.Upload = &model.Upload{Hash: "SHA256"}
	b.properties(t, s, fields, 1)
	for _, f := range t.Fields {
		switch {
		case f.In == model.InBody && f.Type.Base == model.File:
			f.In, op.Upload.FileWire = model.InFile, f.Wire
		case f.In == model.InBody && f.Type.Base == model.Named && f.Type.Ref.Kind == model.Struct:
			f.In, op.Upload.MetaWire = model.InMeta, f.Wire
			b.meta(op.Upload, s.Get("properties").Get(f.Wire))
		}
		if f.In == model.InFile || f.In == model.InMeta {
			// Both parts are always sent, whatever the description says.
			f.Required = true
		}
	}
}

// meta finds the properties that the runtime fills in from the file.
func (b *builder) meta(u *model.Upload, s source.Node) {
	s = b.set.Follow(s, source.Schemas).Node
	for k, p := range s.Get("properties").Entries() {
		kind := b.set.Follow(p, source.Schemas).Get("x-wxpay-file").Text()
		if kind == "" {
			continue
		}
		name := b.goName(p, "", k.Text(), k)
		if kind == "name" {
			u.Name = name
		} else {
			u.Digest, u.Hash = name, strings.ToUpper(kind)
		}
	}
}
