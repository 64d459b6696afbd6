package merge

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/naming"
	"github.com/wxgen/wxgen/internal/page"
)

// operation is an operation of a page on its way into the description.
type operation struct {
	*page.Operation
	page     *page.Page
	path     string
	aliases  map[string][]string // second names of path parameters
	id       string
	proposal naming.Operation
	params   []*param
	body     *draft.Schema // JSON
	form     *draft.Schema // multipart: meta and the file
	response *draft.Schema
	choices  [][]string // between query parameters
	owner    *draft.Owner
	example  *yaml.Node // what the page calls with, by group
}

// param is a parameter.
type param struct {
	in string // path, query, header
	*draft.Property
}

const serialHeader = "Wechatpay-Serial"

func newOperation(p *page.Page, o *page.Operation) *operation {
	op := &operation{Operation: o, page: p, path: p.Path}
	if len(o.Example) > 0 {
		// a broken one is the page's fault, and package page says so
		op.example, _ = layout.FromJSON(json.RawMessage(o.Example))
	}
	if p.Event != "" {
		op.body = &draft.Schema{Type: "object", Props: draft.FromRows(o.Resource)}
		return op
	}
	op.proposal = naming.Propose(o.Method, p.Path, o.File, len(o.Form) > 0)
	op.addParams("path", o.PathParams)
	op.addParams("query", o.Query)
	op.addParams("header", o.Headers)
	if o.HasJSON || len(o.JSON) > 0 {
		op.body = &draft.Schema{Type: "object", Props: draft.FromRows(o.JSON)}
	}
	if len(o.Form) > 0 {
		op.form = formOf(o.Form)
	}
	if !o.NoContent && !o.File {
		op.response = &draft.Schema{Type: "object", Props: draft.FromRows(o.Response)}
	}
	for _, c := range o.Choices {
		op.choose(c)
	}
	return op
}

// choose puts an either–or on the object whose fields it is about; one of query parameters is the
// operation's.
func (op *operation) choose(c page.Choice) {
	s := op.body
	for _, name := range c.Object {
		if s = property(s, name); s == nil {
			return
		}
		s = s.Leaf()
	}
	for _, name := range c.Names {
		if property(s, name) == nil {
			op.choices = append(op.choices, c.Names)
			return
		}
	}
	s.Choices = append(s.Choices, c.Names)
}

func property(s *draft.Schema, name string) *draft.Schema {
	if s == nil {
		return nil
	}
	for _, p := range s.Props {
		if p.Name == name {
			return p.Schema
		}
	}
	return nil
}

func (op *operation) addParams(in string, rows []*page.Row) {
	for _, p := range draft.FromRows(rows) {
		if p.Type == "object" || p.Content != nil { // it travels as text, which the caller spells
			p.Schema = &draft.Schema{Type: "string", Label: p.Label, Line: p.Line,
				Question: p.Question}
		}
		if in == "path" {
			p.Required, p.Unknown, p.Question = true, false, ""
		}
		op.params = append(op.params, &param{in: in, Property: p})
	}
}

// formOf describes a multipart body: the part with fields is the JSON that gets signed, the other
// is the file.
func formOf(rows []*page.Row) *draft.Schema {
	form := &draft.Schema{Type: "object"}
	for _, r := range rows {
		p := &draft.Property{Name: r.Name, Required: r.Required, Unknown: r.Unknown,
			Schema: &draft.Schema{Type: "string", Format: "binary", Label: r.Label, Line: r.Line}}
		if len(r.Rows) > 0 || r.Name == "meta" {
			p.Schema = &draft.Schema{Type: "object", Label: r.Label, Line: r.Line,
				Props: draft.FromRows(r.Rows)}
			for _, f := range p.Props {
				f.File = fileFact(f)
			}
		}
		form.Props = append(form.Props, p)
	}
	slices.SortStableFunc(form.Props, func(a, b *draft.Property) int {
		return strings.Compare(b.Type[:1], a.Type[:1]) * -1
	})
	return form
}

// fileFact tells the fields of meta that hold the file's name or digest: the runtime fills them.
func fileFact(p *draft.Property) string {
	name, label := strings.ToLower(p.Name), strings.ToLower(p.Label)
	switch {
	case p.Type != "string" || len(p.Enum) > 0:
		return ""
	case name == "filename" || name == "file_name":
		return "name"
	case !strings.Contains(name, "sha256") && !strings.Contains(name, "digest") &&
		!strings.Contains(name, "sm3"):
		return ""
	case strings.Contains(name, "sm3") || strings.Contains(label, "sm3"):
		return "sm3"
	}
	return "sha256"
}

// collect adds the uses of every body and parameter.
func (op *operation) collect(uses *draft.Uses) {
	for _, p := range op.params {
		uses.Add(op.owner, false, p.Schema, p.Name)
	}
	for _, s := range []*draft.Schema{op.body, op.form} {
		if s != nil {
			uses.Add(op.owner, op.page.Event != "", s)
		}
	}
	if op.response != nil {
		uses.Add(op.owner, true, op.response)
	}
}

// node is the operation as it stands in the description.
func (op *operation) node() *yaml.Node {
	n := layout.Object("operationId", op.id, "summary", op.Title, "description", op.Description)
	op.addDocs(n)
	op.addFacts(n)
	if op.File {
		layout.Put(n, "x-wxpay-unsigned", layout.Bool(true))
	}
	if params := op.paramNodes(); len(params) > 0 {
		layout.Put(n, "parameters", layout.List(params...))
	}
	if body := op.bodyNode(); body != nil {
		layout.Put(n, "requestBody", body)
	}
	layout.Put(n, "responses", op.responseNodes())
	return n
}

// addFacts puts down what a page says of an operation as a whole.
func (op *operation) addFacts(n *yaml.Node) {
	if len(op.Roles) > 0 {
		layout.Put(n, "x-wxpay-roles", layout.Strings(op.Roles))
	}
	if op.Updated != "" {
		layout.Put(n, "x-wxpay-updated", layout.String(op.Updated))
	}
	if op.Idempotent {
		layout.Put(n, "x-wxpay-idempotent", layout.Bool(true))
	}
	if len(op.choices) == 1 {
		layout.Put(n, "x-wxpay-any-of", branches(op.choices[0]))
	}
	if len(op.Errors) > 0 {
		codes := layout.List()
		for _, e := range op.Errors {
			codes.Content = append(codes.Content, errorNode(e))
		}
		layout.Put(n, "x-wxpay-errors", codes)
	}
}

func errorNode(e page.ErrorCode) *yaml.Node {
	return layout.Object("status", layout.Number(strconv.Itoa(e.Status)), "code", e.Code, "label",
		e.Label)
}

// branches says that one of some fields is required.
func branches(names []string) *yaml.Node {
	list := layout.List()
	for _, name := range names {
		list.Content = append(list.Content,
			layout.Object("required", layout.Strings([]string{name})))
	}
	return list
}

// addChoices says so of an object, of each of its choices.
func addChoices(n *yaml.Node, choices [][]string) {
	switch len(choices) {
	case 0:
	case 1:
		layout.Put(n, "anyOf", branches(choices[0]))
	default:
		all := layout.List()
		for _, names := range choices {
			all.Content = append(all.Content, layout.Object("anyOf", branches(names)))
		}
		layout.Put(n, "allOf", all)
	}
}

// addLimits puts down limits. Of a sealed field, one that no ciphertext fits into is that of the
// clear text.
func addLimits(n *yaml.Node, s *draft.Schema) {
	const ciphertext = 344 // what 2048 bits take in Base64
	l := s.Limits
	for _, limit := range []struct {
		key   string
		value int
	}{{"maximum", l.Maximum}, {"minLength", l.MinLength}, {"maxLength", l.MaxLength},
		{"minItems", l.MinItems}, {"maxItems", l.MaxItems}} {
		if limit.value > 0 {
			layout.Put(n, limit.key, layout.Number(strconv.Itoa(limit.value)))
		}
	}
	switch {
	case l.MaxLength == 0:
	case s.Secret && l.MaxLength < ciphertext:
		layout.Put(n, "x-wxpay-length", layout.String("clear"))
	case l.Bytes:
		layout.Put(n, "x-wxpay-length", layout.String("bytes"))
	}
}

func (op *operation) addDocs(n *yaml.Node) {
	if len(op.Docs) > 0 {
		layout.Put(n, "externalDocs", layout.Object("url", op.Docs[0]))
	}
	if len(op.Docs) > 1 {
		layout.Put(n, "x-wxpay-docs", layout.Strings(op.Docs[1:]))
	}
}

func (op *operation) paramNodes() []*yaml.Node {
	var out []*yaml.Node
	for _, p := range op.params {
		out = append(out, op.paramNode(p))
	}
	return out
}

func (op *operation) paramNode(p *param) *yaml.Node {
	if p.in == "header" && p.Name == serialHeader {
		return layout.Object("$ref", serialRef)
	}
	s := *p.Schema
	label := s.Label
	s.Label, s.Question = "", ""
	if s.Ref != nil {
		c := *s.Ref // what the label says stands on the parameter
		s.Ref, s.Label = &c, c.Schema.Label
	}
	n := layout.Object("name", p.Name, "in", p.in, "required", p.Required, "description", label,
		"schema", schemaNode(&s), "example", op.paramExample(p))
	n.LineComment = comment(p.Question)
	return n
}

func (op *operation) paramExample(p *param) *yaml.Node {
	group := map[string]string{"query": "query", "header": "headers"}[p.in]
	from := op.example
	if group != "" {
		from = layout.Key(from, group)
	}
	value := fit(layout.Key(from, p.Name), p.Schema)
	// the page shows one of many
	if p.Elem != nil && value != nil && value.Kind != yaml.SequenceNode {
		return layout.List(value)
	}
	return value
}

// fit keeps an example of the right kind: a string where the schema wants one, a number where that
// is wanted.
func fit(n *yaml.Node, s *draft.Schema) *yaml.Node {
	if n == nil || n.Kind != yaml.ScalarNode {
		return n
	}
	switch s.Type {
	case "string":
		if n.Tag != "!!null" {
			return layout.String(n.Value)
		}
	case "integer", "number":
		if _, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return layout.Number(n.Value)
		}
		return nil
	}
	return n
}
