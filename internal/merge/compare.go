package merge

import (
	"cmp"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/route"
)

func (m *merger) compareOperation(u *unit, here *item, n *yaml.Node, op *operation) {
	op.id = layout.Text(layout.Key(n, "operationId"))
	op.owner = u.ownerOf(op)
	c := &comparer{merger: m, unit: u, op: op}
	if have, want := serverOf(here.node, n), strings.TrimSuffix(op.Server, "/"); have != want &&
		want != route.Home {
		c.contradict(here.doc, n, op.Line, "the server is "+cmp.Or(have, route.Home),
			cmp.Or(want, route.Home))
	}
	c.title(here.doc, n)
	c.parameters(here, n)
	c.lostParameters(here, n)
	c.request(here.doc, n)
	c.side = true
	c.reply(here.doc, n)
}

func (m *merger) compareWebhook(u *unit, here *item, op *operation) {
	op.owner = u.ownerOf(op)
	c := &comparer{merger: m, unit: u, op: op, side: true}
	_, body := m.docs.resolve(here.doc, layout.Get(here.node, "post", "requestBody"))
	if s := layout.Get(body, "content", "application/json", "schema"); s != nil {
		c.whole(here.doc, s, op.body)
	}
}

// parameters compares the parameters, and adds missing ones.
func (c *comparer) parameters(here *item, n *yaml.Node) {
	var elder []string
	for _, p := range c.op.params {
		d, have := c.findParam(here, n, p)
		before := elder
		elder = append([]string{p.Name}, elder...)
		if have == nil && p.Unplaced && len(c.named(p.Name, c.values(here, n)...)) > 0 {
			continue // it belongs to the JSON of another parameter
		}
		if have == nil && c.leave(here.doc, n, p.Line, "the parameter "+p.Name) {
			continue
		}
		if have == nil {
			c.later(here.doc, p.Schema, []string{p.Name}, func() {
				insertParam(n, c.op.paramNode(p), before)
			})
			continue
		}
		if p.in == "header" && p.Name == serialHeader {
			continue
		}
		// see answer
		if strings.HasPrefix(have.LineComment, "# "+draft.Question) && !c.asks(p.Property) {
			d.answered(&have.LineComment)
			if p.Required {
				set(have, "required", layout.Bool(true))
			}
		}
		if required := layout.Text(layout.Key(have, "required")) == "true"; required !=
			p.Required && !p.Unknown {
			c.contradict(d, have, p.Line, p.Name+" is "+optional(required), optional(p.Required))
		}
		s := *p.Schema
		if secret := layout.Text(layout.Key(have, "x-wxpay-sensitive")) == "true"; secret {
			s.Secret = false // the parameter has the mark, and not its schema
		}
		c.value(d, layout.Key(have, "schema"), &s, []string{p.Name})
	}
}

func (c *comparer) findParam(here *item, n *yaml.Node, p *param) (*doc, *yaml.Node) {
	for _, f := range c.allParams(here, n) {
		if layout.Text(layout.Key(f.use, "name")) == p.Name &&
			layout.Text(layout.Key(f.use, "in")) == p.in {
			return f.doc, f.use
		}
	}
	return nil, nil
}

// allParams returns the parameters of an operation and of its path, with references resolved.
func (c *comparer) allParams(here *item, n *yaml.Node) []found {
	var out []found
	for _, params := range []*yaml.Node{layout.Key(n, "parameters"),
		layout.Key(here.node, "parameters")} {
		if params == nil {
			continue
		}
		for _, item := range params.Content {
			d, p := c.docs.resolve(here.doc, layout.Follow(item))
			out = append(out, found{d, p})
		}
	}
	return out
}

// values returns the schemas of an operation's parameters.
func (c *comparer) values(here *item, n *yaml.Node) []found {
	params := c.allParams(here, n)
	for i, p := range params {
		params[i].use = layout.Key(p.use, "schema")
		if params[i].use == nil {
			params[i].use = layout.Get(p.use, "content", "application/json", "schema")
		}
	}
	return params
}

func (c *comparer) request(d *doc, n *yaml.Node) {
	kind, want := "application/json", c.op.body
	if c.op.form != nil {
		kind, want = "multipart/form-data", c.op.form
	}
	d2, have := c.docs.resolve(d, layout.Key(n, "requestBody"))
	contents := layout.Key(have, "content")
	switch {
	case want == nil && have == nil:
	case want == nil:
		c.contradict(d2, have, c.op.Line, "there is a request body", "there is none")
	case have == nil && c.leave(d, n, c.op.Line, "the request body"):
	case have == nil:
		c.later(d, want, nil, func() { layout.Put(n, "requestBody", c.op.bodyNode()) })
	case layout.Key(contents, kind) == nil:
		c.contradict(d2, have, c.op.Line, "the request body is "+strings.Join(keys(contents), ", "),
			"it is "+kind)
	default:
		c.whole(d2, layout.Get(contents, kind, "schema"), want)
	}
}

func keys(n *yaml.Node) []string {
	var out []string
	for k := range layout.Pairs(n) {
		out = append(out, k.Value)
	}
	return out
}

func (c *comparer) reply(d *doc, n *yaml.Node) {
	var have *yaml.Node
	d2 := d
	for code, r := range layout.Pairs(layout.Key(n, "responses")) {
		if strings.HasPrefix(code.Value, "2") &&
			(have == nil || layout.Key(have, "content") == nil) {
			d2, have = c.docs.resolve(d, r)
		}
	}
	contents := layout.Key(have, "content")
	got := strings.Join(keys(contents), ", ")
	want := "application/json"
	switch {
	case c.op.File:
		want = "application/octet-stream"
	case c.op.response == nil:
		want = ""
	}
	if have == nil || layout.Key(contents, want) == nil && (want != "" || got != "") {
		if have == nil {
			have = n
		}
		c.contradict(d2, have, c.op.Line, "the reply is "+cmp.Or(got, "empty"),
			"it is "+cmp.Or(want, "empty"))
		return
	}
	if c.op.response != nil {
		c.whole(d2, layout.Get(contents, want, "schema"), c.op.response)
	}
}
