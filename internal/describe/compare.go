package describe

import (
	"fmt"
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v4"
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

func (m *merger) compareOperation(u *unit, here *place, n *yaml.Node, op *operation) {
	op.id = text(pick(n, "operationId"))
	op.owner = u.ownerOf(op)
	c := &comparer{merger: m, unit: u, op: op}
	if have, want := serverOf(here.item, n), strings.TrimSuffix(op.Server, "/"); have != want && want != defaultServer {
		c.contradict(here.doc, n, op.Line, "the server is "+cmpOr(have, defaultServer), cmpOr(want, defaultServer))
	}
	c.parameters(here, n)
	c.request(here.doc, n)
	c.side = true
	c.reply(here.doc, n)
}

func (m *merger) compareWebhook(u *unit, here *place, op *operation) {
	op.owner = u.ownerOf(op)
	c := &comparer{merger: m, unit: u, op: op, side: true}
	_, body := m.docs.resolve(here.doc, at(here.item, "post", "requestBody"))
	if s := at(body, "content", "application/json", "schema"); s != nil {
		c.whole(here.doc, s, op.body)
	}
}

// contradict reports that page and description disagree.
func (c *comparer) contradict(d *doc, n *yaml.Node, line int, here, there string) {
	if d.src == nil { // written a moment ago, from another page
		c.fault(c.op.page.File, line, 0, here+" on a page that was read before, "+there+" on this one", "make the pages agree")
		return
	}
	c.fault(d.name, n.Line, n.Column, fmt.Sprintf("%s, but %s on the page (%s:%d)", here, there, c.op.page.File, line),
		"edit the description, or overrule the page in corrections.tsv")
}

// parameters compares the parameters, and adds those that are missing.
func (c *comparer) parameters(here *place, n *yaml.Node) {
	var elder []string
	for _, p := range c.op.params {
		d, have := c.findParam(here, n, p)
		before := elder
		elder = append([]string{p.name}, elder...)
		if have == nil && p.adrift && len(c.named(p.name, c.values(here, n)...)) > 0 {
			continue // in the JSON of another one
		}
		if have == nil {
			c.later(here.doc, p.schema, []string{p.name}, func() { insertParam(n, c.op.paramNode(p), before) })
			continue
		}
		if p.in == "header" && p.name == serialHeader {
			continue
		}
		if strings.HasPrefix(have.LineComment, "# "+todo) && !p.unknown && !c.op.page.PlainText { // see answer
			d.answered(&have.LineComment)
			if p.required {
				set(have, "required", boolean(true))
			}
		}
		if required := text(pick(have, "required")) == "true"; required != p.required && !p.unknown {
			c.contradict(d, have, p.line, p.name+" is "+optional(required), optional(p.required))
		}
		s := *p.schema
		if secret := text(pick(have, "x-wxpay-sensitive")) == "true"; secret {
			s.secret = false // it stands on the parameter, not on its schema
		}
		c.value(d, pick(have, "schema"), &s, []string{p.name})
	}
}

func optional(required bool) string {
	if required {
		return "required"
	}
	return "optional"
}

func (c *comparer) findParam(here *place, n *yaml.Node, p *param) (*doc, *yaml.Node) {
	for _, f := range c.allParams(here, n) {
		if text(pick(f.use, "name")) == p.name && text(pick(f.use, "in")) == p.in {
			return f.doc, f.use
		}
	}
	return nil, nil
}

// allParams returns the parameters of an operation and of its path, references followed.
func (c *comparer) allParams(here *place, n *yaml.Node) []found {
	var out []found
	for _, params := range []*yaml.Node{pick(n, "parameters"), pick(here.item, "parameters")} {
		if params == nil {
			continue
		}
		for _, item := range params.Content {
			d, p := c.docs.resolve(here.doc, follow(item))
			out = append(out, found{d, p})
		}
	}
	return out
}

// values returns the schemas of an operation's parameters.
func (c *comparer) values(here *place, n *yaml.Node) []found {
	params := c.allParams(here, n)
	for i, p := range params {
		params[i].use = pick(p.use, "schema")
		if params[i].use == nil {
			params[i].use = at(p.use, "content", "application/json", "schema")
		}
	}
	return params
}

// later notes what the description lacks; it goes there once its types have names.
func (c *comparer) later(d *doc, s *schema, at []string, insert func()) {
	c.unit.additions = append(c.unit.additions, &addition{doc: d, owner: c.op.owner, side: c.side, schema: s, at: at, insert: insert})
}

func (c *comparer) request(d *doc, n *yaml.Node) {
	kind, want := "application/json", c.op.body
	if c.op.form != nil {
		kind, want = "multipart/form-data", c.op.form
	}
	d2, have := c.docs.resolve(d, pick(n, "requestBody"))
	contents := pick(have, "content")
	switch {
	case want == nil && have == nil:
	case want == nil:
		c.contradict(d2, have, c.op.Line, "there is a request body", "there is none")
	case have == nil:
		c.later(d, want, nil, func() { put(n, "requestBody", c.op.bodyNode()) })
	case pick(contents, kind) == nil:
		c.contradict(d2, have, c.op.Line, "the request body is "+strings.Join(keys(contents), ", "), "it is "+kind)
	default:
		c.whole(d2, at(contents, kind, "schema"), want)
	}
}

func keys(n *yaml.Node) []string {
	var out []string
	for k := range pairs(n) {
		out = append(out, k.Value)
	}
	return out
}

func (c *comparer) reply(d *doc, n *yaml.Node) {
	var have *yaml.Node
	d2 := d
	for code, r := range pairs(pick(n, "responses")) {
		if strings.HasPrefix(code.Value, "2") && (have == nil || pick(have, "content") == nil) {
			d2, have = c.docs.resolve(d, r)
		}
	}
	contents := pick(have, "content")
	got := strings.Join(keys(contents), ", ")
	want := "application/json"
	switch {
	case c.op.File:
		want = "application/octet-stream"
	case c.op.response == nil:
		want = ""
	}
	if have == nil || pick(contents, want) == nil && (want != "" || got != "") {
		if have == nil {
			have = n
		}
		c.contradict(d2, have, c.op.Line, "the reply is "+cmpOr(got, "empty"), "it is "+cmpOr(want, "empty"))
		return
	}
	if c.op.response != nil {
		c.whole(d2, at(contents, want, "schema"), c.op.response)
	}
}

// whole compares a body.
func (c *comparer) whole(d *doc, use *yaml.Node, want *schema) {
	c.body = found{d, use}
	c.value(d, use, want, nil)
}

// value compares one value. At is the way to it.
func (c *comparer) value(d *doc, use *yaml.Node, want *schema, at []string) {
	d, n := c.docs.resolve(d, use)
	if n == nil {
		return
	}
	name := strings.Join(at, ".")
	if name == "" {
		name = "the body"
	}
	if got := typeOf(n); got != want.typ {
		if got == "" && want.typ == "object" && len(want.props) == 0 {
			return
		}
		c.contradict(d, use, want.line, name+" is "+cmpOr(got, "of any type"), want.typ)
		return
	}
	if got := text(pick(n, "format")); want.format != "" && got != want.format && want.format != "binary" {
		c.contradict(d, use, want.line, name+" has "+formatName(got), formatName(want.format))
	}
	if secret := text(pick(n, "x-wxpay-sensitive")) == "true"; secret != want.secret && !c.op.page.PlainText && len(at) > 0 {
		c.contradict(d, use, want.line, name+" is "+sensitive(secret), sensitive(want.secret))
	}
	c.enum(d, n, want, name)
	c.inside(d, n, want, at)
}

// inside compares what a value holds.
func (c *comparer) inside(d *doc, n *yaml.Node, want *schema, at []string) {
	switch {
	case want.elem != nil:
		c.value(d, pick(n, "items"), want.elem, at)
	case want.content != nil:
		if pick(n, "contentSchema") == nil {
			c.contradict(d, n, want.line, strings.Join(at, ".")+" is plain text", "it holds JSON")
			return
		}
		c.value(d, pick(n, "contentSchema"), want.content, at)
	case len(want.props) > 0:
		c.fields(d, n, want, at)
	}
}

func typeOf(n *yaml.Node) string {
	t := pick(n, "type")
	if t != nil && t.Kind == yaml.SequenceNode {
		for _, s := range texts(t) {
			if s != "null" {
				return s
			}
		}
	}
	return text(t)
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
func (c *comparer) enum(d *doc, n *yaml.Node, want *schema, name string) {
	if len(want.enum) == 0 {
		return
	}
	have := pick(n, "enum")
	if have == nil {
		if constant := pick(n, "const"); constant != nil && len(want.enum) == 1 && constant.Value == want.enum[0].Value {
			return
		}
		var values []string
		for _, v := range want.enum {
			values = append(values, v.Value)
		}
		c.contradict(d, n, want.line, name+" takes any value", "one of "+strings.Join(values, ", "))
		return
	}
	for _, v := range want.enum {
		if slices.Contains(texts(have), v.Value) {
			continue
		}
		if pick(n, "x-enum-varnames") != nil {
			c.contradict(d, n, want.line, name+" lacks the value "+v.Value+", which needs a name in x-enum-varnames", "it is")
			continue
		}
		label(n, have, v.Label)
		have.Content = append(have.Content, enumNode(v.Value, want.typ))
		d.changed = true
		c.report.Values++
	}
}

// label adds the label of a value that comes behind those in have. Values without one get an empty one as soon as one has.
func label(n, have *yaml.Node, label string) {
	labels := pick(n, "x-enum-descriptions")
	if labels == nil && label == "" {
		return
	}
	if labels == nil {
		labels = strs(make([]string, len(have.Content)))
		set(n, "x-enum-descriptions", labels)
	}
	labels.Content = append(labels.Content, str(label))
}

// fields compares an object field by field.
func (c *comparer) fields(d *doc, n *yaml.Node, want *schema, at []string) {
	props, required := pick(n, "properties"), texts(pick(n, "required"))
	var elder []string
	for _, p := range want.props {
		have := pick(props, p.name)
		way := append(slices.Clip(at), p.name)
		lost := p.adrift || have == nil && c.side && c.op.page.PlainText // a reply has no sample to tell what stands where
		switch is := slices.Contains(required, p.name); {
		case lost && c.findElsewhere(p, way):
		case have == nil:
			c.add(d, n, p, elder, at)
		default:
			if !c.answer(d, n, p) && is != p.required && !p.unknown {
				c.contradict(d, have, p.line, strings.Join(way, ".")+" is "+optional(is), optional(p.required))
			}
			c.value(d, have, p.schema, way)
		}
		elder = append([]string{p.name}, elder...)
	}
}

// answer settles what an import of plain text left open beside a field: whether it is required, or encrypted.
func (c *comparer) answer(d *doc, object *yaml.Node, p *property) bool {
	props := pick(object, "properties")
	i := 2 * indexOf(props, p.name)
	question := openQuestion(props.Content[i], props.Content[i+1])
	if question == nil || p.unknown || c.op.page.PlainText {
		return false
	}
	d.answered(question)
	if p.required && !slices.Contains(texts(pick(object, "required")), p.name) {
		require(object, props, i/2, p.name)
	}
	if have := follow(props.Content[i+1]); p.secret && pick(have, "$ref") == nil {
		set(have, "x-wxpay-sensitive", boolean(true))
	}
	return true
}

// openQuestion returns the comment beside a field if it is one of import's questions.
func openQuestion(key, value *yaml.Node) *string {
	for _, comment := range []*string{&value.LineComment, &key.LineComment} {
		if strings.HasPrefix(*comment, "# "+todo) {
			return comment
		}
	}
	return nil
}

// add notes a field that the description lacks; several pages may find the same one missing from a shared object.
func (c *comparer) add(d *doc, into *yaml.Node, p *property, elder, at []string) {
	key := addKey{into, p.name}
	if other := c.added[key]; other != nil {
		if other.key() != p.key() {
			c.fault(c.op.page.File, p.line, 0, strings.Join(append(slices.Clip(at), p.name), ".")+" is new, and another page describes it otherwise",
				"make the pages agree")
		}
		return
	}
	c.added[key] = p.schema
	elder = slices.Clone(elder)
	c.later(d, p.schema, append(slices.Clip(at), p.name), func() { insertField(into, p, elder) })
}
