package describe

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/page"
	yaml "go.yaml.in/yaml/v4"
)

// operation is an operation of a page on its way into the description.
type operation struct {
	*page.Operation
	page     *page.Page
	path     string
	aliases  map[string][]string // second names of path parameters
	id       string
	wish     operationName
	params   []*param
	body     *schema // JSON
	form     *schema // multipart: meta and the file
	response *schema
	owner    *owner
	example  *yaml.Node // what the page calls with, by group
}

// param is a parameter.
type param struct {
	in string // path, query, header
	*property
}

const serialHeader = "Wechatpay-Serial"

func newOperation(p *page.Page, o *page.Operation) *operation {
	op := &operation{Operation: o, page: p, path: p.Path}
	if len(o.Example) > 0 {
		op.example, _ = fromJSON(json.RawMessage(o.Example)) // a broken one is the page's fault, and package page says so
	}
	if p.Event != "" {
		op.body = &schema{typ: "object", props: fromRows(o.Resource)}
		return op
	}
	op.wish = wish(o.Method, p.Path, o.File, len(o.Form) > 0)
	op.addParams("path", o.PathParams)
	op.addParams("query", o.Query)
	op.addParams("header", o.Headers)
	if o.HasJSON || len(o.JSON) > 0 {
		op.body = &schema{typ: "object", props: fromRows(o.JSON)}
	}
	if len(o.Form) > 0 {
		op.form = formOf(o.Form)
	}
	if !o.NoContent && !o.File {
		op.response = &schema{typ: "object", props: fromRows(o.Response)}
	}
	return op
}

func (op *operation) addParams(in string, rows []*page.Row) {
	for _, p := range fromRows(rows) {
		if p.typ == "object" || p.content != nil { // it travels as text, which the caller spells
			p.schema = &schema{typ: "string", label: p.label, line: p.line, todo: p.todo}
		}
		if in == "path" {
			p.required, p.unknown, p.todo = true, false, ""
		}
		op.params = append(op.params, &param{in: in, property: p})
	}
}

// formOf describes a multipart body: the part with fields is the JSON that gets signed, the other is the file.
func formOf(rows []*page.Row) *schema {
	form := &schema{typ: "object"}
	for _, r := range rows {
		p := &property{name: r.Name, required: r.Required, unknown: r.Unknown, schema: &schema{typ: "string", format: "binary", label: r.Label, line: r.Line}}
		if len(r.Rows) > 0 || r.Name == "meta" {
			p.schema = &schema{typ: "object", label: r.Label, line: r.Line, props: fromRows(r.Rows)}
			for _, f := range p.props {
				f.file = fileFact(f)
			}
		}
		form.props = append(form.props, p)
	}
	slices.SortStableFunc(form.props, func(a, b *property) int { return strings.Compare(b.typ[:1], a.typ[:1]) * -1 })
	return form
}

// fileFact tells the fields of meta that hold the file's name or digest: the runtime fills them.
func fileFact(p *property) string {
	name, label := strings.ToLower(p.name), strings.ToLower(p.label)
	switch {
	case p.typ != "string" || len(p.enum) > 0:
		return ""
	case name == "filename" || name == "file_name":
		return "name"
	case !strings.Contains(name, "sha256") && !strings.Contains(name, "digest") && !strings.Contains(name, "sm3"):
		return ""
	case strings.Contains(name, "sm3") || strings.Contains(label, "sm3"):
		return "sm3"
	}
	return "sha256"
}

// collect shows every body and parameter to the sharer.
func (op *operation) collect(sh *sharer) {
	for _, p := range op.params {
		sh.add(op.owner, false, p.schema, p.name)
	}
	for _, s := range []*schema{op.body, op.form} {
		if s != nil {
			sh.add(op.owner, op.page.Event != "", s)
		}
	}
	if op.response != nil {
		sh.add(op.owner, true, op.response)
	}
}

// node is the operation as it stands in the description.
func (op *operation) node() *yaml.Node {
	n := object("operationId", op.id, "summary", op.Title, "description", op.Description)
	op.addDocs(n)
	if op.File {
		put(n, "x-wxpay-unsigned", boolean(true))
	}
	if params := op.paramNodes(); len(params) > 0 {
		put(n, "parameters", list(params...))
	}
	if body := op.bodyNode(); body != nil {
		put(n, "requestBody", body)
	}
	put(n, "responses", op.responseNodes())
	return n
}

func (op *operation) addDocs(n *yaml.Node) {
	if len(op.Docs) > 0 {
		put(n, "externalDocs", object("url", op.Docs[0]))
	}
	if len(op.Docs) > 1 {
		put(n, "x-wxpay-docs", strs(op.Docs[1:]))
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
	if p.in == "header" && p.name == serialHeader {
		return object("$ref", serialRef)
	}
	s := *p.schema
	label := s.label
	s.label, s.todo = "", ""
	if s.ref != nil {
		c := *s.ref // what the label says stands on the parameter
		s.ref, s.label = &c, c.schema.label
	}
	n := object("name", p.name, "in", p.in, "required", p.required, "description", label,
		"schema", s.node(), "example", op.paramExample(p))
	n.LineComment = comment(p.todo)
	return n
}

func (op *operation) paramExample(p *param) *yaml.Node {
	group := map[string]string{"query": "query", "header": "headers"}[p.in]
	from := op.example
	if group != "" {
		from = pick(from, group)
	}
	value := fit(pick(from, p.name), p.schema)
	if p.elem != nil && value != nil && value.Kind != yaml.SequenceNode { // the page shows one of many
		return list(value)
	}
	return value
}

// fit keeps an example of the right kind: a string where the schema wants one, a number where that is wanted.
func fit(n *yaml.Node, s *schema) *yaml.Node {
	if n == nil || n.Kind != yaml.ScalarNode {
		return n
	}
	switch s.typ {
	case "string":
		if n.Tag != "!!null" {
			return str(n.Value)
		}
	case "integer", "number":
		if _, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return number(n.Value)
		}
		return nil
	}
	return n
}

func (op *operation) bodyNode() *yaml.Node {
	switch {
	case op.form != nil:
		media := object("schema", op.form.node(), "encoding", encodingOf(op.form))
		if ex := pick(op.example, "body"); ex != nil {
			put(media, "example", ex)
		}
		return object("required", true, "content", object("multipart/form-data", media))
	case op.body != nil:
		media := object("schema", op.body.node())
		if ex := pick(op.example, "json"); ex != nil {
			put(media, "example", ex)
		}
		return object("required", true, "content", object("application/json", media))
	}
	return nil
}

// encodingOf says that the object part of a form travels as JSON.
func encodingOf(form *schema) *yaml.Node {
	for _, p := range form.props {
		if p.typ == "object" {
			return object(p.name, object("contentType", "application/json"))
		}
	}
	return nil
}

func (op *operation) responseNodes() *yaml.Node {
	n := object()
	switch {
	case op.File:
		put(n, "200", object("description", "OK", "content",
			object("application/octet-stream", object("schema", object("type", "string", "format", "binary")))))
	case op.response == nil:
		put(n, "204", object("description", "No Content"))
	default:
		put(n, "200", object("description", "OK", "content", object("application/json", object("schema", op.response.node()))))
	}
	put(n, "default", object("$ref", errorRef))
	return n
}

const (
	serialRef = "../components.yaml#/components/parameters/WechatpaySerial"
	errorRef  = "../components.yaml#/components/responses/Error"
	schemaRef = "#/components/schemas/"
)

// webhookNode is a notification as it stands in the description.
func (op *operation) webhookNode() *yaml.Node {
	title, _, _ := strings.Cut(strings.ReplaceAll(op.Title, "（", "("), "("+op.page.Event)
	n := object("summary", title)
	op.addDocs(n)
	put(n, "requestBody", object("required", true, "content", object("application/json", object("schema", op.body.node()))))
	put(n, "responses", object("204", object("description", "No Content")))
	return object("x-go-name", eventName(op.page.Event), "post", n)
}

// node is the schema, or the reference to what stands for it.
func (s *schema) node() *yaml.Node {
	var n *yaml.Node
	if s.ref != nil {
		label := s.label
		if label == s.ref.schema.label {
			label = ""
		}
		n = object("$ref", schemaRef+s.ref.name, "description", label)
	} else {
		n = s.inline()
	}
	n.LineComment = comment(s.todo)
	return n
}

func (s *schema) inline() *yaml.Node {
	n := object("type", s.typ, "format", s.format, "description", s.label)
	if len(s.enum) > 0 {
		s.addEnum(n)
	}
	if s.secret {
		put(n, "x-wxpay-sensitive", boolean(true))
	}
	if s.file != "" {
		put(n, "x-wxpay-file", str(s.file))
	}
	if s.content != nil {
		put(n, "contentMediaType", str("application/json"))
		put(n, "contentSchema", s.content.node())
	}
	s.addProps(n)
	if s.elem != nil {
		put(n, "items", s.elem.node())
	}
	return n
}

func (s *schema) addEnum(n *yaml.Node) {
	values, labels := list(), make([]string, len(s.enum))
	for i, v := range s.enum {
		values.Content = append(values.Content, enumNode(v.Value, s.typ))
		labels[i] = v.Label
	}
	put(n, "enum", values)
	if names := varnames(s); names != nil {
		put(n, "x-enum-varnames", strs(names))
	}
	if labelled(s) > 0 {
		put(n, "x-enum-descriptions", strs(labels))
	}
}

func enumNode(value, typ string) *yaml.Node {
	if _, err := strconv.ParseFloat(value, 64); err == nil && typ != "string" {
		return number(value)
	}
	return str(value)
}

func (s *schema) addProps(n *yaml.Node) {
	if len(s.props) == 0 {
		return
	}
	var required []string
	props := object()
	for _, p := range s.props {
		if p.required {
			required = append(required, p.name)
		}
		put(props, p.name, p.nodeBeside(props))
	}
	if len(required) > 0 {
		put(n, "required", strs(required))
	}
	put(n, "properties", props)
}

// nodeBeside is the property, with a Go name of its own if one of its siblings has the same: mch_id beside mchid.
func (p *property) nodeBeside(siblings *yaml.Node) *yaml.Node {
	n := p.node()
	for key, other := range pairs(siblings) {
		name := text(pick(other, "x-go-name"))
		if name == "" {
			name = exportedPlain(key.Value)
		}
		if name == exportedPlain(p.name) {
			put(n, "x-go-name", str(name+alias))
		}
	}
	return n
}

// alias marks the second of two wire names that are one in Go. It is for people to find a better name.
const alias = "Alias"

func comment(s string) string {
	if s == "" {
		return ""
	}
	return "# " + s
}
