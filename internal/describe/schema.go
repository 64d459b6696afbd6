package describe

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/page"
)

// schema is what a page, or the description, knows of one value.
type schema struct {
	typ     string // string, integer, number, boolean, object, array
	format  string
	label   string
	secret  bool
	enum    []page.EnumValue
	elem    *schema     // array
	props   []*property // object
	content *schema     // the JSON inside a string
	file    string      // x-wxpay-file: name, sha256, sm3
	todo    string      // a comment for the line
	line    int         // of the page
	ref     *component  // what stands for it once it is shared
}

// property is a field of an object.
type property struct {
	name     string
	required bool
	unknown  bool // nobody knows whether it is required
	adrift   bool // nor whether it stands in the right object
	*schema
}

// fromRow reads a row.
func fromRow(r *page.Row) *property {
	p := &property{name: r.Name, required: r.Required, unknown: r.Unknown, adrift: r.Adrift}
	p.schema = &schema{typ: r.Type, format: r.Format, label: r.Label, secret: r.Encrypted, line: r.Line}
	p.todo = doubts(r)
	item := p.schema
	if r.Array && !r.Encoded {
		item = &schema{typ: r.Type, format: r.Format, secret: r.Encrypted, line: r.Line}
		*p.schema = schema{typ: "array", label: r.Label, elem: item, line: r.Line, todo: p.todo}
	}
	item.enum = slices.Clone(r.Enum)
	if item.typ == "boolean" {
		item.enum = nil // true and false are all there is
	}
	if item.typ == "integer" && !allNumbers(item.enum) {
		item.typ = "string" // the page says number, its values say better
	}
	if r.Encoded {
		item.typ, item.content = "string", inner(r)
	} else if len(r.Rows) > 0 {
		item.typ, item.props = "object", fromRows(r.Rows)
	}
	return p
}

// inner is the JSON inside a string.
func inner(r *page.Row) *schema {
	s := &schema{typ: "object", props: fromRows(r.Rows), line: r.Line}
	if r.Array {
		return &schema{typ: "array", elem: s, line: r.Line}
	}
	return s
}

// doubts is the comment for what a page in plain text does not tell.
func doubts(r *page.Row) string {
	var open []string
	if r.Unknown {
		open = append(open, "required?")
	}
	if r.Doubt != "" {
		open = append(open, r.Doubt)
	}
	if len(open) == 0 {
		return ""
	}
	return todo + strings.Join(open, " ")
}

// todo begins the comments that an import leaves in YAML, for people, where a page's plain text does not tell.
const todo = "TODO "

func fromRows(rows []*page.Row) []*property {
	var props []*property
	for _, r := range rows {
		if slices.ContainsFunc(props, func(p *property) bool { return p.name == r.Name }) {
			continue // the page says it twice
		}
		props = append(props, fromRow(r))
	}
	return props
}

func allNumbers(values []page.EnumValue) bool {
	for _, v := range values {
		if _, err := strconv.ParseInt(v.Value, 10, 64); err != nil {
			return false
		}
	}
	return true
}

// leaf returns what an array holds in the end, and anything else itself.
func (s *schema) leaf() *schema {
	for s.elem != nil {
		s = s.elem
	}
	return s
}

// isEnum reports whether a schema becomes a named type for its values. Integers have no names for their values.
func (s *schema) isEnum() bool { return len(s.enum) > 0 && s.typ == "string" }

// key spells the shape: equal keys, equal Go types. Labels do not count, nor does the order of fields and values.
func (s *schema) key() string {
	var b strings.Builder
	s.spell(&b)
	return b.String()
}

func (s *schema) spell(b *strings.Builder) {
	b.WriteString(s.typ + ":" + s.format + ":" + s.file)
	if s.secret {
		b.WriteByte('*')
	}
	if len(s.enum) > 0 {
		values := make([]string, len(s.enum))
		for i, v := range s.enum {
			values[i] = v.Value
		}
		sort.Strings(values)
		b.WriteString("(" + strings.Join(values, "|") + ")")
	}
	for _, inner := range []*schema{s.elem, s.content} {
		b.WriteByte('[')
		if inner != nil {
			inner.spell(b)
		}
		b.WriteByte(']')
	}
	props := slices.SortedFunc(slices.Values(s.props), func(a, b *property) int { return strings.Compare(a.name, b.name) })
	b.WriteByte('{')
	for _, p := range props {
		b.WriteString(p.name)
		if p.required {
			b.WriteByte('!')
		}
		b.WriteByte(' ')
		p.spell(b)
		b.WriteByte(',')
	}
	b.WriteByte('}')
}

// bends reports whether the Go type depends on its use: an optional number or boolean is a pointer in requests alone.
func (s *schema) bends() bool {
	if s == nil {
		return false
	}
	for _, p := range s.props {
		if !p.required && (p.typ == "integer" || p.typ == "number" || p.typ == "boolean") || p.bends() {
			return true
		}
	}
	return s.elem.bends() || s.content.bends()
}

// height is how many levels of objects stand below.
func (s *schema) height() int {
	h := 0
	for _, inner := range []*schema{s.elem, s.content} {
		if inner != nil {
			h = max(h, inner.height())
		}
	}
	for _, p := range s.props {
		h = max(h, p.height()+1)
	}
	return h
}
