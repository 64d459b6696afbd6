package load

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// operation fills in the facts of an operation, and makes its types.
func (b *builder) operation(c *call, ids *scope) {
	op, v := c.model, c.v
	op.Title, op.Doc = prose(v.Get("summary")), prose(v.Get("description"))
	if op.Title == "" {
		op.Title = prose(c.entry.item.Get("summary"))
	}
	if op.Doc == "" {
		op.Doc = prose(c.entry.item.Get("description"))
	}
	op.URLs = urls(v)
	op.Server, op.Servers = b.servers(c)
	op.Idempotent = op.Verb == "GET" || v.Is("x-wxpay-idempotent")
	op.Unsigned, op.Deprecated = v.Is("x-wxpay-unsigned"), v.Is("deprecated")
	op.Tags, op.Roles, op.Updated = v.Get("tags").Texts(), v.Get("x-wxpay-roles").Texts(),
		v.Get("x-wxpay-updated").Text()
	for _, e := range v.Get("x-wxpay-errors").Items() {
		op.Errors = append(op.Errors, &model.ErrorCode{Status: source.Count(e, "status"),
			Code: e.Get("code").Text(), Label: prose(e.Get("label"))})
	}
	id := v.Get("operationId")
	name, err := names.Exported(id.Text())
	if err != nil {
		return // check has reported it
	}
	op.ID = name
	if !ids.add(name, "the operationId of "+c.label, id) {
		return // its types would clash, too
	}
	b.request(c)
	b.paramChoices(c, op.Request)
	b.response(c)
	op.Example = b.example(c)
}

// servers returns the servers of an operation: its own, or those of its path, or of its document.
// The first is used; others are alternatives that a caller may choose.
func (b *builder) servers(c *call) (server string, others []string) {
	for _, from := range []source.Node{c.v, c.entry.item, b.set.Whole(c.entry.key.File).Root} {
		list := from.Get("servers")
		if list.Size() == 0 {
			continue
		}
		for i, s := range list.Items() {
			u := strings.TrimSuffix(s.Get("url").Text(), "/")
			switch {
			case i > 0:
				others = append(others, u)
			case u != route.Home:
				server = u
			}
		}
		break
	}
	return server, others
}

// request makes the request type: query and header parameters, then the body.
func (b *builder) request(c *call) {
	op := c.model
	body := b.set.Follow(c.v.Get("requestBody"), source.RequestBodies)
	media, schema := content(body.Node)
	params := b.sent(c)
	if body.OK() && schema.OK() {
		op.HasBody = true
	}
	if len(params) == 0 && !op.HasBody {
		return
	}
	name := op.ID + "Request"
	inner := b.set.Follow(schema, source.Schemas)
	if inner.Name != "" && len(params) == 0 && media == check.JSON && b.isStruct(inner.Node) {
		if ref := b.ref(schema, site{}); ref != nil {
			op.Request = ref.Ref
		}
		return
	}
	at := c.v.Get("operationId")
	if own := schema.Get("x-go-name"); own.OK() {
		name, at = own.Text(), own
	}
	t := &model.Type{Name: name, Kind: model.Struct}
	op.Request = t
	b.declare(t, "the request of "+c.label, at)
	fields := newScope(b.faults)
	for _, p := range params {
		b.paramField(t, p, fields)
	}
	switch {
	case !op.HasBody:
	case media == check.Multipart:
		b.upload(op, t, inner.Node, fields)
	case b.isStruct(inner.Node):
		b.properties(t, inner.Node, fields, 1)
	default:
		b.rawBody(op, t, schema, fields)
	}
}

// sent are the parameters that become fields. Wechatpay-Serial does not: the runtime sends the
// serial of the key that sealed the request.
func (b *builder) sent(c *call) []source.Target {
	var list []source.Target
	for _, p := range c.sends {
		in, name := p.Get("in").Text(), p.Get("name").Text()
		if in == "query" || in == "header" && !strings.EqualFold(name, "Wechatpay-Serial") {
			list = append(list, p)
		}
	}
	return list
}

// paramField makes a field of a query or header parameter.
func (b *builder) paramField(t *model.Type, p source.Target, fields *scope) {
	wire := p.Get("name").Text()
	what := fmt.Sprintf("parameter %s", wire)
	name := b.goName(p.Node, what, wire, p.Get("name"))
	if name == "" || !fields.add(name, what, p.Get("name")) {
		return
	}
	in := model.InQuery
	if p.Get("in").Text() == "header" {
		in = model.InHeader
	}
	s := p.Get("schema")
	f := &model.Field{Wire: wire, Go: name, In: in, Required: p.Is("required"),
		Deprecated: p.Is("deprecated")}
	f.Type = b.ref(s, site{owner: t, name: t.Name + name, what: what, depth: 1})
	if f.Type == nil {
		return
	}
	f.Example = paramExample(b.set, p.Node)
	b.field(t, f, prop{key: p.Get("name"), wire: wire, pointer: s.Get("x-go-pointer")}, s,
		prose(p.Get("description")))
	if pointer := s.Get("x-go-pointer"); pointer.Text() == "true" && f.Type.Base != model.Int &&
		f.Type.Base != model.Float && f.Type.Base != model.Bool {
		b.faults.At(pointer, what+": x-go-pointer on a parameter that is neither a number nor a "+
			"boolean", "remove it")
	}
}

// response makes the type of the reply.
func (b *builder) response(c *call) {
	op := c.model
	var media string
	var schema source.Node
	for k, v := range c.v.Get("responses").Entries() {
		if strings.HasPrefix(k.Text(), "2") && !schema.OK() {
			media, schema = content(b.set.Follow(v, source.Responses).Node)
		}
	}
	if !schema.OK() {
		return
	}
	if media == check.Binary {
		op.Download = true
		return
	}
	s := b.set.Follow(schema, source.Schemas)
	name := op.ID + "Response"
	if !b.isStruct(s.Node) {
		op.RawResponse = b.bare(schema, site{name: name + "Item", what: "the response", depth: 1})
		return
	}
	if s.Name != "" {
		if ref := b.ref(schema, site{}); ref != nil {
			op.Response = ref.Ref
		}
		return
	}
	at := c.v.Get("operationId")
	if own := schema.Get("x-go-name"); own.OK() {
		name, at = own.Text(), own
	}
	op.Response = &model.Type{Name: name, Kind: model.Struct}
	b.declare(op.Response, "the response of "+c.label, at)
	b.properties(op.Response, s.Node, newScope(b.faults), 1)
}
