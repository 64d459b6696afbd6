package scaffold

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/page"
	"github.com/wxgen/wxgen/internal/spell"
)

// Field is the syntax of a field.
const Field = "name, a.b for a field of an object, a[] or a[].b for a list; then :integer, " +
	":number, :boolean, :time, :date or :object (default :string), and :required"

// types maps the types of the syntax to types and formats of a page.
var types = map[string]struct{ typ, format string }{
	"string": {"string", ""}, "integer": {"integer", ""}, "number": {"number", ""},
	"boolean": {"boolean", ""},
	"object":  {"object", ""}, "time": {"string", "date-time"}, "date": {"string", "date"},
}

// fields parses a list of fields into a tree of rows.
func fields(specs []string) (rows []*page.Row, err error) {
	for _, spec := range specs {
		if rows, err = add(rows, spec); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// add puts a field at the place in its name, and adds the objects around it.
func add(rows []*page.Row, spec string) ([]*page.Row, error) {
	name, marks, _ := strings.Cut(strings.TrimSpace(spec), ":")
	leaf := &page.Row{Type: "string"}
	for mark := range strings.SplitSeq(marks, ":") {
		t, known := types[mark]
		switch {
		case mark == "" && marks == "":
		case mark == "required":
			leaf.Required = true
		case known:
			leaf.Type, leaf.Format = t.typ, t.format
		default:
			return nil, fmt.Errorf("field %q: unknown type %q; %s", spec, mark, suggest(mark))
		}
	}
	return place(rows, name, leaf, spec)
}

func suggest(mark string) string {
	all := append(slices.Sorted(maps.Keys(types)), "required")
	if near := spell.Nearest(mark, all); near != "" {
		return "did you mean " + near + "?"
	}
	return "use " + strings.Join(all, ", ")
}

// place puts a row at a dotted name.
func place(rows []*page.Row, name string, leaf *page.Row, spec string) ([]*page.Row, error) {
	first, rest, nested := strings.Cut(name, ".")
	wire, array := strings.CutSuffix(first, "[]")
	if wire == "" || strings.ContainsAny(wire, "[]{}<>/\" \t") {
		return nil, fmt.Errorf("field %q has no name that can be sent; write one like "+
			"out_trade_no, amount.total or goods[].id", spec)
	}
	at := slices.IndexFunc(rows, func(r *page.Row) bool { return r.Name == wire })
	if !nested {
		if at >= 0 {
			return nil, fmt.Errorf("field %q is there twice; leave one out", spec)
		}
		leaf.Name, leaf.Array = wire, array
		return append(rows, leaf), nil
	}
	if at < 0 {
		rows, at = append(rows, &page.Row{Name: wire, Type: "object", Array: array}), len(rows)
	}
	parent := rows[at]
	if parent.Type != "object" || parent.Array != array {
		return nil, fmt.Errorf("field %q is within %s, which is %s; write :object there, and [] "+
			"in both or in none", spec, wire, kind(parent))
	}
	var err error
	parent.Rows, err = place(parent.Rows, rest, leaf, spec)
	return rows, err
}

// kind describes a row in a message.
func kind(r *page.Row) string {
	text := r.Type
	if r.Format != "" {
		text = r.Format
	}
	if r.Array {
		return "a list of type " + text
	}
	return "of type " + text
}

// find returns the row with a dotted name, nil if there is none.
func find(rows []*page.Row, name string) *page.Row {
	first, rest, nested := strings.Cut(name, ".")
	for _, r := range rows {
		switch {
		case r.Name != strings.TrimSuffix(first, "[]"):
		case nested:
			return find(r.Rows, rest)
		default:
			return r
		}
	}
	return nil
}
