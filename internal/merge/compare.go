package merge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/route"
)

type addKey struct {
	into *yaml.Node
	name string
}

// comparer holds one operation of a page against the description.
type comparer struct {
	*merger
	unit *unit
	op   *operation
	side bool  // in the response
	body found // what is being compared, as a whole
}

func (m *merger) compareOperation(u *unit, here *item, n *yaml.Node, op *operation) {
	op.id = layout.Text(layout.Key(n, "operationId"))
	op.owner = u.ownerOf(op)
	c := &comparer{merger: m, unit: u, op: op}
	if have, want := serverOf(here.node, n), strings.TrimSuffix(op.Server, "/"); have != want && want != route.Home {
		c.contradict(here.doc, n, op.Line, "the server is "+cmpOr(have, route.Home), cmpOr(want, route.Home))
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

// contradict reports that page and description disagree.
func (c *comparer) contradict(d *doc, n *yaml.Node, line int, here, there string) {
	if d.src == nil { // written a moment ago, from another page
		c.fault(c.op.page.File, line, 0, here+" on a page that was read before, "+there+" on this one", "make the pages agree")
		return
	}
	c.disagree(d, n, line, here+", but "+there+" on the page", "edit the description, or overrule the page in corrections.tsv")
}

// disagree notes a contradiction, unless it is meant.
func (c *comparer) disagree(d *doc, n *yaml.Node, line int, what, mend string) {
	c.note(d, n, line, what, mend, false)
}

// calls notes that the page calls something otherwise, unless that is meant.
func (c *comparer) calls(d *doc, n *yaml.Node, line int, what string) {
	c.note(d, n, line, what, "take the new one over, or keep yours with --accept", true)
}

func (c *comparer) note(d *doc, n *yaml.Node, line int, what, mend string, name bool) {
	if c.known(what) {
		return
	}
	c.report.Contradictions = append(c.report.Contradictions, &Contradiction{
		Operation: c.op.key(), What: c.where() + what, Name: name,
		Fault: fault.Fault{File: d.name, Line: n.Line, Col: n.Column, What: fmt.Sprintf("%s (%s:%d)", what, c.op.page.File, cmp.Or(line, c.op.Line)), Mend: mend},
	})
}

// where says which half of an operation is compared.
func (c *comparer) where() string {
	if c.side && c.op.page.Event == "" {
		return "response: "
	}
	return ""
}

// key is what an operation is known by: method and path, or the event.
func (op *operation) key() string {
	if op.page.Event != "" {
		return op.page.Event
	}
	return op.Method + " " + op.page.Path
}

// parameters compares the parameters, and adds those that are missing.
func (c *comparer) parameters(here *item, n *yaml.Node) {
	var elder []string
	for _, p := range c.op.params {
		d, have := c.findParam(here, n, p)
		before := elder
		elder = append([]string{p.Name}, elder...)
		if have == nil && p.Unplaced && len(c.named(p.Name, c.values(here, n)...)) > 0 {
			continue // in the JSON of another one
		}
		if have == nil && c.leave(here.doc, n, p.Line, "the parameter "+p.Name) {
			continue
		}
		if have == nil {
			c.later(here.doc, p.Schema, []string{p.Name}, func() { insertParam(n, c.op.paramNode(p), before) })
			continue
		}
		if p.in == "header" && p.Name == serialHeader {
			continue
		}
		// see answer
		if strings.HasPrefix(have.LineComment, "# "+draft.Question) && !p.Unknown && !c.op.page.PlainText {
			d.answered(&have.LineComment)
			if p.Required {
				set(have, "required", layout.Bool(true))
			}
		}
		if required := layout.Text(layout.Key(have, "required")) == "true"; required != p.Required && !p.Unknown {
			c.contradict(d, have, p.Line, p.Name+" is "+optional(required), optional(p.Required))
		}
		s := *p.Schema
		if secret := layout.Text(layout.Key(have, "x-wxpay-sensitive")) == "true"; secret {
			s.Secret = false // it stands on the parameter, not on its schema
		}
		c.value(d, layout.Key(have, "schema"), &s, []string{p.Name})
	}
}

func optional(required bool) string {
	if required {
		return "required"
	}
	return "optional"
}

func (c *comparer) findParam(here *item, n *yaml.Node, p *param) (*doc, *yaml.Node) {
	for _, f := range c.allParams(here, n) {
		if layout.Text(layout.Key(f.use, "name")) == p.Name && layout.Text(layout.Key(f.use, "in")) == p.in {
			return f.doc, f.use
		}
	}
	return nil, nil
}

// allParams returns the parameters of an operation and of its path, references followed.
func (c *comparer) allParams(here *item, n *yaml.Node) []found {
	var out []found
	for _, params := range []*yaml.Node{layout.Key(n, "parameters"), layout.Key(here.node, "parameters")} {
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

// later notes what the description lacks; it goes there once its types have names.
func (c *comparer) later(d *doc, s *draft.Schema, at []string, insert func()) {
	c.unit.additions = append(c.unit.additions, &addition{doc: d, owner: c.op.owner, side: c.side, schema: s, at: at, insert: insert})
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
		c.contradict(d2, have, c.op.Line, "the request body is "+strings.Join(keys(contents), ", "), "it is "+kind)
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
		if strings.HasPrefix(code.Value, "2") && (have == nil || layout.Key(have, "content") == nil) {
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
		c.contradict(d2, have, c.op.Line, "the reply is "+cmpOr(got, "empty"), "it is "+cmpOr(want, "empty"))
		return
	}
	if c.op.response != nil {
		c.whole(d2, layout.Get(contents, want, "schema"), c.op.response)
	}
}

// whole compares a body.
func (c *comparer) whole(d *doc, use *yaml.Node, want *draft.Schema) {
	c.body = found{d, use}
	c.value(d, use, want, nil)
}

// value compares one value. At is the way to it.
func (c *comparer) value(d *doc, use *yaml.Node, want *draft.Schema, at []string) {
	d, n := c.docs.resolve(d, use)
	if n == nil {
		return
	}
	name := strings.Join(at, ".")
	if name == "" {
		name = "the body"
	}
	if got := typeOf(n); got != want.Type {
		if got == "" && want.Type == "object" && len(want.Props) == 0 {
			return
		}
		c.contradict(d, use, want.Line, name+" is "+cmpOr(got, "of any type"), want.Type)
		return
	}
	if got := layout.Text(layout.Key(n, "format")); want.Format != "" && got != want.Format && want.Format != "binary" {
		c.contradict(d, use, want.Line, name+" has "+formatName(got), formatName(want.Format))
	}
	if secret := layout.Text(layout.Key(n, "x-wxpay-sensitive")) == "true"; secret != want.Secret && !c.op.page.PlainText && len(at) > 0 {
		c.contradict(d, use, want.Line, name+" is "+sensitive(secret), sensitive(want.Secret))
	}
	c.label(d, use, n, want, name)
	c.limits(d, n, want, name)
	c.enum(d, n, want, name)
	c.inside(d, n, want, at)
}

// inside compares what a value holds.
func (c *comparer) inside(d *doc, n *yaml.Node, want *draft.Schema, at []string) {
	switch {
	case want.Elem != nil:
		c.value(d, layout.Key(n, "items"), want.Elem, at)
	case want.Content != nil:
		if layout.Key(n, "contentSchema") == nil {
			c.contradict(d, n, want.Line, strings.Join(at, ".")+" is plain text", "it holds JSON")
			return
		}
		c.value(d, layout.Key(n, "contentSchema"), want.Content, at)
	case len(want.Props) > 0:
		c.fields(d, n, want, at)
	}
}

func typeOf(n *yaml.Node) string {
	t := layout.Key(n, "type")
	if t != nil && t.Kind == yaml.SequenceNode {
		for _, s := range layout.Texts(t) {
			if s != "null" {
				return s
			}
		}
	}
	return layout.Text(t)
}

func formatName(f string) string {
	if f == "" {
		return "no format"
	}
	return "format " + f
}

func sensitive(b bool) string {
	if b {
		return "sensitive"
	}
	return "not sensitive"
}

// enum adds the values that the description lacks.
func (c *comparer) enum(d *doc, n *yaml.Node, want *draft.Schema, name string) {
	if len(want.Enum) == 0 {
		return
	}
	have := layout.Key(n, "enum")
	if have == nil {
		if constant := layout.Key(n, "const"); constant != nil && len(want.Enum) == 1 && constant.Value == want.Enum[0].Value {
			return
		}
		var values []string
		for _, v := range want.Enum {
			values = append(values, v.Value)
		}
		c.contradict(d, n, want.Line, name+" takes any value", "one of "+strings.Join(values, ", "))
		return
	}
	c.lostValues(d, n, want, name)
	for _, v := range want.Enum {
		if slices.Contains(layout.Texts(have), v.Value) {
			continue
		}
		if i := slices.IndexFunc(layout.Texts(have), func(s string) bool { return strings.EqualFold(s, v.Value) }); i >= 0 {
			c.contradict(d, n, want.Line, name+" has the value "+layout.Texts(have)[i], "it is spelled "+v.Value)
			continue
		}
		if layout.Key(n, "x-enum-varnames") != nil {
			c.contradict(d, n, want.Line, name+" lacks the value "+v.Value+", which needs a name in x-enum-varnames", "it is")
			continue
		}
		if c.leave(d, have, want.Line, "the value "+v.Value+" of "+name) {
			continue
		}
		label(n, have, v.Label)
		have.Content = append(have.Content, enumNode(v.Value, want.Type))
		d.changed = true
		c.report.Values++
	}
}

// label adds the label of a value that comes behind those in have. Values without one get an empty
// one as soon as one has.
func label(n, have *yaml.Node, label string) {
	labels := layout.Key(n, "x-enum-descriptions")
	if labels == nil && label == "" {
		return
	}
	if labels == nil {
		labels = layout.Strings(make([]string, len(have.Content)))
		set(n, "x-enum-descriptions", labels)
	}
	labels.Content = append(labels.Content, layout.String(label))
}

// fields compares an object field by field.
func (c *comparer) fields(d *doc, n *yaml.Node, want *draft.Schema, at []string) {
	c.lostFields(d, n, want, at)
	props, required := layout.Key(n, "properties"), layout.Texts(layout.Key(n, "required"))
	var elder []string
	for _, p := range want.Props {
		have := layout.Key(props, p.Name)
		way := append(slices.Clip(at), p.Name)
		// a reply has no sample to tell what stands where
		lost := p.Unplaced || have == nil && c.side && c.op.page.PlainText
		switch is := slices.Contains(required, p.Name); {
		case lost && c.findElsewhere(p, way):
		case have == nil:
			c.add(d, n, p, elder, at)
		default:
			if !c.answer(d, n, p) && is != p.Required && !p.Unknown {
				c.contradict(d, have, p.Line, strings.Join(way, ".")+" is "+optional(is), optional(p.Required))
			}
			c.value(d, have, p.Schema, way)
		}
		elder = append([]string{p.Name}, elder...)
	}
}

// answer settles what an import of plain text left open beside a field: whether it is required, or
// encrypted.
func (c *comparer) answer(d *doc, object *yaml.Node, p *draft.Property) bool {
	props := layout.Key(object, "properties")
	i := 2 * indexOf(props, p.Name)
	question := openQuestion(props.Content[i], props.Content[i+1])
	if question == nil || p.Unknown || c.op.page.PlainText {
		return false
	}
	d.answered(question)
	if p.Required && !slices.Contains(layout.Texts(layout.Key(object, "required")), p.Name) {
		require(object, props, i/2, p.Name)
	}
	if have := layout.Follow(props.Content[i+1]); p.Secret && layout.Key(have, "$ref") == nil {
		set(have, "x-wxpay-sensitive", layout.Bool(true))
	}
	return true
}

// openQuestion returns the comment beside a field if it is one of import's questions.
func openQuestion(key, value *yaml.Node) *string {
	for _, comment := range []*string{&value.LineComment, &key.LineComment} {
		if strings.HasPrefix(*comment, "# "+draft.Question) {
			return comment
		}
	}
	return nil
}

// add notes a field that the description lacks; several pages may find the same one missing from a
// shared object.
func (c *comparer) add(d *doc, into *yaml.Node, p *draft.Property, elder, at []string) {
	if c.leave(d, into, p.Line, strings.Join(append(slices.Clip(at), p.Name), ".")) {
		return
	}
	key := addKey{into, p.Name}
	if other := c.added[key]; other != nil {
		if other.Key() != p.Key() {
			c.fault(c.op.page.File, p.Line, 0, strings.Join(append(slices.Clip(at), p.Name), ".")+" is new, and another page describes it otherwise",
				"make the pages agree")
		}
		return
	}
	c.added[key] = p.Schema
	elder = slices.Clone(elder)
	c.later(d, p.Schema, append(slices.Clip(at), p.Name), func() { insertField(into, p, elder) })
}
