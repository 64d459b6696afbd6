package draft

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/page"
)

// Schema is one value as a page or the description describes it.
type Schema struct {
	Type     string // string, integer, number, boolean, object, array
	Format   string
	Label    string
	Secret   bool
	Enum     []page.EnumValue
	Elem     *Schema     // array
	Props    []*Property // object
	Content  *Schema     // the JSON inside a string
	File     string      // x-wxpay-file: name, sha256, sm3
	Limits   page.Limits
	Partial  bool       // object: the page shows some of its fields alone
	Choices  [][]string // object: fields of which one is required
	Question string     // a comment on its line
	Line     int        // of the page
	Ref      *Component // the component that replaces it once it is shared
}

// Property is a field of an object.
type Property struct {
	Name     string
	Required bool
	Unknown  bool // whether it is required is not known
	Unplaced bool // whether it belongs to this object is not known
	*Schema
}

// fromRow converts a row.
func fromRow(r *page.Row) *Property {
	p := &Property{Name: r.Name, Required: r.Required, Unknown: r.Unknown, Unplaced: r.Unplaced}
	p.Schema = &Schema{Type: r.Type, Format: r.Format, Label: r.Label, Secret: r.Encrypted,
		Line: r.Line}
	p.Question = doubts(r)
	item := p.Schema
	if r.Array && !r.Encoded {
		item = &Schema{Type: r.Type, Format: r.Format, Secret: r.Encrypted, Line: r.Line}
		*p.Schema = Schema{Type: "array", Label: r.Label, Elem: item, Line: r.Line,
			Question: p.Question}
	}
	item.Enum = slices.Clone(r.Enum)
	limit(p.Schema, item, r.Limits)
	if item.Type == "boolean" {
		item.Enum = nil // a boolean needs no values
	}
	if item.Type == "integer" && !allNumbers(item.Enum) {
		item.Type = "string" // the page says number, but its values are texts
	}
	if r.Encoded {
		item.Type, item.Content = "string", inner(r)
	} else if len(r.Rows) > 0 {
		item.Type, item.Props, item.Partial = "object", FromRows(r.Rows), r.Partial
	}
	return p
}

// limit assigns limits: those of a list to the list, the others to its elements.
func limit(whole, item *Schema, l page.Limits) {
	items := page.Limits{MinItems: l.MinItems, MaxItems: l.MaxItems}
	if whole != item {
		whole.Limits = items
	}
	l.MinItems, l.MaxItems = 0, 0
	item.Limits = l
}

// inner is the schema of the JSON inside a string.
func inner(r *page.Row) *Schema {
	s := &Schema{Type: "object", Props: FromRows(r.Rows), Line: r.Line}
	if r.Array {
		return &Schema{Type: "array", Elem: s, Line: r.Line}
	}
	return s
}

// doubts is the comment about facts that a page in plain text lost.
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
	return Question + strings.Join(open, " ")
}

// Question begins the comments about facts that a page's plain text lost. An import writes them
// into the YAML, for people to answer.
const Question = "TODO "

func FromRows(rows []*page.Row) []*Property {
	var props []*Property
	for _, r := range rows {
		if slices.ContainsFunc(props, func(p *Property) bool { return p.Name == r.Name }) {
			continue // the page has it twice
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

// Leaf returns the elements of an array, through nested arrays; other schemas themselves.
func (s *Schema) Leaf() *Schema {
	for s.Elem != nil {
		s = s.Elem
	}
	return s
}

// IsEnum reports whether a schema becomes a named type for its values. Integers have no names for
// their values.
func (s *Schema) IsEnum() bool { return len(s.Enum) > 0 && s.Type == "string" }

// Key describes the shape: equal keys mean equal Go types. Labels and the order of fields and
// values do not count.
func (s *Schema) Key() string {
	var b strings.Builder
	s.spell(&b)
	return b.String()
}

func (s *Schema) spell(b *strings.Builder) {
	b.WriteString(s.Type + ":" + s.Format + ":" + s.File)
	if s.Limits != (page.Limits{}) {
		fmt.Fprintf(b, "%v", s.Limits)
	}
	if len(s.Choices) > 0 {
		fmt.Fprintf(b, "%v", s.Choices)
	}
	if s.Secret {
		b.WriteByte('*')
	}
	if len(s.Enum) > 0 {
		values := make([]string, len(s.Enum))
		for i, v := range s.Enum {
			values[i] = v.Value
		}
		sort.Strings(values)
		b.WriteString("(" + strings.Join(values, "|") + ")")
	}
	for _, inner := range []*Schema{s.Elem, s.Content} {
		b.WriteByte('[')
		if inner != nil {
			inner.spell(b)
		}
		b.WriteByte(']')
	}
	props := slices.SortedFunc(slices.Values(s.Props), func(a, b *Property) int {
		return strings.Compare(a.Name, b.Name)
	})
	b.WriteByte('{')
	for _, p := range props {
		b.WriteString(p.Name)
		if p.Required {
			b.WriteByte('!')
		}
		b.WriteByte(' ')
		p.spell(b)
		b.WriteByte(',')
	}
	b.WriteByte('}')
}

// Bends reports whether the Go type depends on its use: an optional number or boolean is a pointer
// in requests alone.
func (s *Schema) Bends() bool {
	if s == nil {
		return false
	}
	for _, p := range s.Props {
		if !p.Required && (p.Type == "integer" || p.Type == "number" || p.Type == "boolean") ||
			p.Bends() {
			return true
		}
	}
	return s.Elem.Bends() || s.Content.Bends()
}

// Height is the number of levels of objects below.
func (s *Schema) Height() int {
	h := 0
	for _, inner := range []*Schema{s.Elem, s.Content} {
		if inner != nil {
			h = max(h, inner.Height())
		}
	}
	for _, p := range s.Props {
		h = max(h, p.Height()+1)
	}
	return h
}

// Component is an entry of components/schemas.
type Component struct {
	Name   string
	Schema *Schema
}

func Labelled(s *Schema) (n int) {
	for _, v := range s.Enum {
		if v.Label != "" {
			n++
		}
	}
	return n
}
