package load

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/internal/model"
)

// dump writes the facts of a model on which generated code depends, as text.
func dump(api *model.API) string {
	var d dumper
	for _, s := range api.Services {
		d.line("service %s package=%s method=%s title=%q doc=%q", s.Name, s.Package, s.Method,
			s.Title, s.Doc)
		d.node(s.Root)
		for _, t := range s.Types {
			d.typ(t, "  ")
		}
	}
	if w := api.Webhooks; w != nil {
		d.line("webhooks package=%s", w.Package)
		for _, e := range w.Events {
			d.line("  event %s go=%s family=%s title=%q doc=%q urls=%q resource=%s", e.Name, e.Go,
				e.Family, e.Title, e.Doc, e.URLs, e.Resource.Name)
			if !shared(w.Types, e.Resource) {
				d.typ(e.Resource, "    ")
			}
			if e.Tags != nil || e.Roles != nil || e.Updated != "" {
				d.line("    tags=%q roles=%q updated=%q", e.Tags, e.Roles, e.Updated)
			}
		}
		for _, t := range w.Types {
			d.typ(t, "  ")
		}
	}
	return d.String()
}

type dumper struct{ strings.Builder }

func (d *dumper) line(format string, args ...any) {
	fmt.Fprintf(&d.Builder, format+"\n", args...)
}

func (d *dumper) node(n *model.Node) {
	d.line("  node %s type=%s method=%s%s", n.Path, n.Type, n.Method, params(n.Params))
	for _, a := range n.Aliases {
		d.line("    alias %s%s", a.Method, params([]*model.Param{a}))
	}
	for _, op := range n.Operations {
		d.operation(op)
	}
	for _, c := range n.Children {
		d.node(c)
	}
}

func params(list []*model.Param) string {
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintf(&b, " {%s go=%s method=%s%s%s%s doc=%q}", p.Wire, p.Go, p.Method,
			flag1(p.Integer, "integer"), flag1(p.Sensitive, "sensitive"),
			limitText(p.Limits), p.Doc)
	}
	return b.String()
}

func flag1(on bool, name string) string {
	if !on {
		return ""
	}
	return " " + name
}

func (d *dumper) operation(op *model.Operation) {
	d.line("    op %s %s id=%s method=%s title=%q doc=%q urls=%q%s%s%s%s%s%s%s", op.Verb, op.Path,
		op.ID, op.Method, op.Title, op.Doc, op.URLs,
		flag1(op.Idempotent, "idempotent"), flag1(op.Unsigned, "unsigned"),
		flag1(op.Deprecated, "deprecated"), flag1(op.Seals, "seals"),
		flag1(op.Opens, "opens"), flag1(op.HasBody, "body"), flag1(op.Download, "download"))
	if op.Tags != nil || op.Roles != nil || op.Updated != "" {
		d.line("      tags=%q roles=%q updated=%q", op.Tags, op.Roles, op.Updated)
	}
	for _, e := range op.Errors {
		d.line("      error %+v", *e)
	}
	if op.Server != "" || op.Servers != nil {
		d.line("      server %q others=%q", op.Server, op.Servers)
	}
	if op.Upload != nil {
		d.line("      upload %+v", *op.Upload)
	}
	if e := op.Example; e != nil {
		text, err := json.Marshal(e)
		d.line("      example %s %v", text, err)
	}
	for _, use := range []struct {
		what string
		t    *model.Type
		raw  *model.TypeRef
	}{{"request", op.Request, op.RawRequest}, {"response", op.Response, op.RawResponse}} {
		if use.raw != nil {
			d.line("      raw %s %s", use.what, typeText(use.raw))
		}
		if use.t != nil {
			d.line("      %s %s", use.what, use.t.Name)
			if strings.HasPrefix(use.t.Name, op.ID) {
				d.typ(use.t, "        ")
			}
		}
	}
}

func (d *dumper) typ(t *model.Type, indent string) {
	kind := []string{"struct", "enum", "slice", "envelope"}[t.Kind]
	d.line("%stype %s %s%s%s%s%s doc=%q", indent, t.Name, kind, flag1(t.Base != "", t.Base),
		flag1(t.InString, "in-string"),
		flag1(t.Secrets, "secrets"), flag1(t.Checks, "checks"), t.Doc)
	if t.Elem != nil {
		d.line("%s  elem %s", indent, typeText(t.Elem))
	}
	for _, f := range t.Fields {
		d.line("%s  %s %q %s%s%s%s%s%s%s%s%s", indent, f.Go, f.Wire, typeText(f.Type),
			flag1(f.In != model.InBody, fmt.Sprintf("in=%d", f.In)),
			flag1(f.Required, "required"), flag1(f.OmitZero, "omitzero"),
			flag1(f.Deprecated, "deprecated"),
			flag1(f.MinItems > 0, fmt.Sprintf("min=%d", f.MinItems)),
			flag1(f.Format != "", "format="+f.Format),
			flag1(f.Example != nil, fmt.Sprintf("example=%v", f.Example)),
			fmt.Sprintf(" doc=%q", f.Doc))
	}
	for _, c := range t.Choices {
		d.line("%s  choice%s%s", indent, flag1(c.Exactly, "exactly"), branchText(c))
	}
	for _, v := range t.Values {
		d.line("%s  %s = %q doc=%q", indent, v.Go, v.Wire, v.Doc)
	}
	for _, inner := range t.Inner {
		d.typ(inner, indent+"  ")
	}
}

func branchText(c *model.Choice) string {
	var b strings.Builder
	for _, branch := range c.Branches {
		b.WriteString(" {")
		for _, f := range branch {
			b.WriteString(f.Go + ",")
		}
		b.WriteString("}")
	}
	return b.String()
}

func limitText(l *model.Limits) string {
	if l == nil {
		return ""
	}
	spans := fmt.Sprintf(" length=%d..%d value=%s..%s items=%d..%d", l.MinLength, l.MaxLength,
		l.Minimum, l.Maximum, l.MinItems, l.MaxItems)
	for _, none := range []string{" length=0..0", " value=..", " items=0..0"} {
		spans = strings.TrimSuffix(strings.Replace(spans+" ", none+" ", " ", 1), " ")
	}
	return spans + flag1(l.Bytes, "bytes") + flag1(l.Clear, "clear") +
		flag1(l.Pattern != "", "pattern="+l.Pattern) + flag1(l.Class != "", "class="+l.Class)
}

func typeText(t *model.TypeRef) string { return bareText(t) + limitText(t.Limits) }

func bareText(t *model.TypeRef) string {
	star := ""
	if t.Pointer {
		star = "*"
	}
	switch t.Base {
	case model.Named:
		return star + t.Ref.Name
	case model.List:
		return star + "[]" + typeText(t.Elem)
	case model.Map:
		return star + "map[string]" + typeText(t.Elem)
	}
	return star + []string{"", "string", "int64", "float64", "bool", "Time", "Secret", "File",
		"Raw"}[t.Base]
}

func shared(types []*model.Type, t *model.Type) bool {
	for _, s := range types {
		if s == t {
			return true
		}
	}
	return false
}
