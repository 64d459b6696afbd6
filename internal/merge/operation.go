package merge

import (
	"encoding/json"
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/naming"
	"github.com/wxgen/wxgen/internal/page"
)

// operation is an operation of a page, prepared for the description.
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
	choices  [][]string // among query parameters
	owner    *draft.Owner
	example  *yaml.Node // the page's example call, by group
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
		// package page reports a broken example
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

// choose adds a choice to its object, or to the operation if its fields are query parameters.
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
		if p.Type == "object" || p.Content != nil { // it is sent as text, which the caller writes
			p.Schema = &draft.Schema{Type: "string", Label: p.Label, Line: p.Line,
				Question: p.Question}
		}
		if in == "path" {
			p.Required, p.Unknown, p.Question = true, false, ""
		}
		op.params = append(op.params, &param{in: in, Property: p})
	}
}

// formOf describes a multipart body: the part with fields is the signed JSON, the other part is the
// file.
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

// fileFact finds the fields of meta for the file's name or digest, which the runtime fills in.
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

// key identifies an operation: method and path, or the event.
func (op *operation) key() string {
	if op.page.Event != "" {
		return op.page.Event
	}
	return op.Method + " " + op.page.Path
}

// family names the file of an event.
func family(event string) string {
	first, _, _ := strings.Cut(event, ".")
	return strings.ToLower(strings.ReplaceAll(first, "_", "-"))
}

// eventName is the Go name of an event with glued words, which the plain rule would not take apart.
func eventName(event string) string {
	plain, good := naming.Plain(event), naming.Exported(event)
	if plain == good {
		return ""
	}
	return good
}
