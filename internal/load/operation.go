package load

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/names"
)

// home is where calls go unless a server says otherwise.
const home = "https://api.mch.weixin.qq.com"

// operation fills in what an operation says of itself, and makes its types.
func (b *builder) operation(c *call, ids *scope) {
	op, v := c.model, c.v
	op.Title, op.Doc = prose(v.get("summary")), prose(v.get("description"))
	if op.Title == "" {
		op.Title = prose(c.entry.item.get("summary"))
	}
	if op.Doc == "" {
		op.Doc = prose(c.entry.item.get("description"))
	}
	op.URLs = urls(v)
	op.Server, op.Servers = servers(c)
	op.Idempotent = op.Verb == "GET" || v.is("x-wxpay-idempotent")
	op.Unsigned, op.Deprecated = v.is("x-wxpay-unsigned"), v.is("deprecated")
	op.Tags, op.Roles, op.Updated = v.get("tags").texts(), v.get("x-wxpay-roles").texts(), v.get("x-wxpay-updated").text()
	for _, e := range v.get("x-wxpay-errors").items() {
		op.Errors = append(op.Errors, &model.ErrorCode{Status: count(e, "status"), Code: e.get("code").text(), Label: prose(e.get("label"))})
	}
	id := v.get("operationId")
	name, err := names.Exported(id.text())
	if err != nil {
		return // check has reported it
	}
	op.ID = name
	if !ids.add(name, "the operationId of "+c.label.String(), id) {
		return // its types would clash too
	}
	b.request(c)
	b.paramChoices(c, op.Request)
	b.response(c)
	op.Example = b.example(c)
}

// servers returns where an operation lives: what it says itself, or its path, or its document. The first is used; any
// others are alternatives that a caller may choose.
func servers(c *call) (server string, others []string) {
	for _, from := range []view{c.v, c.entry.item, c.entry.key.f.root} {
		list := from.get("servers")
		if list.size() == 0 {
			continue
		}
		for i, s := range list.items() {
			u := strings.TrimSuffix(s.get("url").text(), "/")
			switch {
			case i > 0:
				others = append(others, u)
			case u != home:
				server = u
			}
		}
		break
	}
	return server, others
}

// request makes the type of what a caller passes: query and header parameters, then the body.
func (b *builder) request(c *call) {
	op := c.model
	body := b.set.follow(c.v.get("requestBody"), requestBodies)
	media, schema := content(body.view)
	params := b.sent(c)
	if body.ok() && schema.ok() {
		op.HasBody = true
	}
	if len(params) == 0 && !op.HasBody {
		return
	}
	name := op.ID + "Request"
	inner := b.set.follow(schema, schemas)
	if inner.name != "" && len(params) == 0 && media == jsonType && b.isStruct(inner.view) {
		if ref := b.ref(schema, place{}); ref != nil {
			op.Request = ref.Ref
		}
		return
	}
	at := c.v.get("operationId")
	if own := schema.get("x-go-name"); own.ok() {
		name, at = own.text(), own
	}
	t := &model.Type{Name: name, Kind: model.Struct}
	op.Request = t
	b.declare(t, "the request of "+c.label.String(), at)
	fields := newScope(b.faults)
	for _, p := range params {
		b.paramField(t, p, fields, c.label)
	}
	switch {
	case !op.HasBody:
	case media == multipartType:
		b.upload(op, t, inner.view, fields)
	case b.isStruct(inner.view):
		b.properties(t, inner.view, fields, 1)
	default:
		b.rawBody(op, t, schema, fields)
	}
}

// content returns the media type and schema of a body.
func content(v view) (string, view) {
	for k, media := range v.get("content").entries() {
		return k.text(), media.get("schema")
	}
	return "", view{f: v.f}
}

// sent are the parameters that become fields. Wechatpay-Serial is not: the runtime sends the serial of the key that
// sealed the request.
func (b *builder) sent(c *call) []target {
	var list []target
	for _, p := range c.sends {
		in, name := p.get("in").text(), p.get("name").text()
		if in == "query" || in == "header" && !strings.EqualFold(name, "Wechatpay-Serial") {
			list = append(list, p)
		}
	}
	return list
}

// paramField makes a field of a query or header parameter.
func (b *builder) paramField(t *model.Type, p target, fields *scope, l label) {
	wire := p.get("name").text()
	what := fmt.Sprintf("parameter %s", wire)
	name := b.goName(p.view, what, wire, p.get("name"))
	if name == "" || !fields.add(name, what, p.get("name")) {
		return
	}
	in := model.InQuery
	if p.get("in").text() == "header" {
		in = model.InHeader
	}
	s := p.get("schema")
	f := &model.Field{Wire: wire, Go: name, In: in, Required: p.is("required"), Deprecated: p.is("deprecated")}
	f.Type = b.ref(s, place{owner: t, name: t.Name + name, what: what, depth: 1})
	if f.Type == nil {
		return
	}
	f.Example = paramExample(b.set, p.view)
	b.field(t, f, prop{key: p.get("name"), wire: wire, pointer: s.get("x-go-pointer")}, s, prose(p.get("description")))
	if pointer := s.get("x-go-pointer"); pointer.text() == "true" && f.Type.Base != model.Int && f.Type.Base != model.Float && f.Type.Base != model.Bool {
		b.faults.at(pointer, what+": x-go-pointer on a parameter that is neither a number nor a boolean", "remove it")
	}
}

// rawBody makes the field for a body that is not an object.
func (b *builder) rawBody(op *model.Operation, t *model.Type, s view, fields *scope) {
	if !fields.add("Body", "the body", s) {
		return
	}
	op.RawRequest = b.bare(s, place{owner: t, name: t.Name + "Item", what: "the request", depth: 1})
	if op.RawRequest == nil {
		return
	}
	f := &model.Field{Go: "Body", Type: op.RawRequest, Required: true, Doc: prose(s.get("description"))}
	f.MinItems = count(b.set.follow(s, schemas).view, "minItems")
	f.Sensitive = sensitive(f.Type)
	t.Fields = append(t.Fields, f)
	b.fields[f] = prop{key: s}
}

// bare makes the type of a body that is not an object.
func (b *builder) bare(s view, p place) *model.TypeRef {
	t := b.ref(s, p)
	if t != nil && (t.Base == model.File || t.Base == model.Secret) {
		b.faults.at(s, p.what+" cannot be a file or a sensitive string", "write an object")
		return nil
	}
	return t
}

// upload makes the two fields of a multipart body.
func (b *builder) upload(op *model.Operation, t *model.Type, s view, fields *scope) {
	op.HasBody = false
	op.Upload = &model.Upload{Hash: "SHA256"}
	b.properties(t, s, fields, 1)
	for _, f := range t.Fields {
		switch {
		case f.In == model.InBody && f.Type.Base == model.File:
			f.In, op.Upload.FileWire = model.InFile, f.Wire
		case f.In == model.InBody && f.Type.Base == model.Named && f.Type.Ref.Kind == model.Struct:
			f.In, op.Upload.MetaWire = model.InMeta, f.Wire
			b.meta(op.Upload, s.get("properties").get(f.Wire))
		}
		if f.In == model.InFile || f.In == model.InMeta {
			// Both parts are sent whatever the description says: an upload without them is none.
			f.Required = true
		}
	}
}

// meta finds the properties that the runtime fills from the file.
func (b *builder) meta(u *model.Upload, s view) {
	s = b.set.follow(s, schemas).view
	for k, p := range s.get("properties").entries() {
		kind := b.set.follow(p, schemas).get("x-wxpay-file").text()
		if kind == "" {
			continue
		}
		name := b.goName(p, "", k.text(), k)
		if kind == "name" {
			u.Name = name
		} else {
			u.Digest, u.Hash = name, strings.ToUpper(kind)
		}
	}
}

// response makes the type of what comes back.
func (b *builder) response(c *call) {
	op := c.model
	var media string
	var schema view
	for k, v := range c.v.get("responses").entries() {
		if strings.HasPrefix(k.text(), "2") && !schema.ok() {
			media, schema = content(b.set.follow(v, responses).view)
		}
	}
	if !schema.ok() {
		return
	}
	if media == binaryType {
		op.Download = true
		return
	}
	s := b.set.follow(schema, schemas)
	name := op.ID + "Response"
	if !b.isStruct(s.view) {
		op.RawResponse = b.bare(schema, place{name: name + "Item", what: "the response", depth: 1})
		return
	}
	if s.name != "" {
		if ref := b.ref(schema, place{}); ref != nil {
			op.Response = ref.Ref
		}
		return
	}
	at := c.v.get("operationId")
	if own := schema.get("x-go-name"); own.ok() {
		name, at = own.text(), own
	}
	op.Response = &model.Type{Name: name, Kind: model.Struct}
	b.declare(op.Response, "the response of "+c.label.String(), at)
	b.properties(op.Response, s.view, newScope(b.faults), 1)
}
