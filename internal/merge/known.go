package merge

import (
	"slices"
	"strconv"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/naming"
	"github.com/wxgen/wxgen/internal/page"
)

// knownIn maps the keys of shapes to the components of a file, so that new uses of a shape find the
// component. It skips objects with choices: no page tells them, and a page's object may not follow
// them.
func (m *merger) knownIn(d *doc) map[string]string {
	known := map[string]string{}
	schemas := layout.Get(d.root(), "components", "schemas")
	sides := m.sides(d)
	for key, n := range layout.Pairs(schemas) {
		s := m.read(d, n, 0)
		if s == nil || chooses(n) || !s.IsEnum() && len(s.Props) == 0 {
			continue
		}
		for _, response := range []bool{false, true} {
			if s.Bends() && !sides[key.Value][response] {
				continue // its Go type is that of the other direction
			}
			for _, field := range naming.FieldsFor(key.Value) {
				k := naming.Key(s, field, response)
				if _, ok := known[k]; !ok {
					known[k] = key.Value
				}
			}
		}
	}
	return known
}

// chooses reports whether an object has a choice between fields.
func chooses(n *yaml.Node) bool {
	return slices.ContainsFunc([]string{"anyOf", "oneOf", "allOf"}, func(key string) bool {
		return layout.Key(n, key) != nil
	})
}

// limitsOf reads the limits that a page can have.
func limitsOf(n *yaml.Node) page.Limits {
	count := func(key string) int {
		v, _ := strconv.Atoi(layout.Text(layout.Key(n, key)))
		return v
	}
	return page.Limits{MinLength: count("minLength"), MaxLength: count("maxLength"),
		Bytes:    layout.Text(layout.Key(n, "x-wxpay-length")) == "bytes",
		MinItems: count("minItems"), MaxItems: count("maxItems"), Maximum: count("maximum")}
}

// read reads a schema of the description; nil if it is deeper than any page.
func (m *merger) read(d *doc, n *yaml.Node, depth int) *draft.Schema {
	d, n = m.docs.resolve(d, n)
	if n == nil || depth > 20 {
		return nil
	}
	s := &draft.Schema{Type: typeOf(n), Format: layout.Text(layout.Key(n, "format")),
		Label:  layout.Text(layout.Key(n, "description")),
		Secret: layout.Text(layout.Key(n, "x-wxpay-sensitive")) == "true",
		File:   layout.Text(layout.Key(n, "x-wxpay-file"))}
	for _, v := range layout.Texts(layout.Key(n, "enum")) {
		s.Enum = append(s.Enum, page.EnumValue{Value: v})
	}
	s.Limits = limitsOf(n)
	s.Elem = m.read(d, layout.Key(n, "items"), depth+1)
	s.Content = m.read(d, layout.Key(n, "contentSchema"), depth+1)
	required := map[string]bool{}
	for _, name := range layout.Texts(layout.Key(n, "required")) {
		required[name] = true
	}
	for key, v := range layout.Pairs(layout.Key(n, "properties")) {
		inner := m.read(d, v, depth+1)
		if inner == nil {
			inner = &draft.Schema{}
		}
		s.Props = append(s.Props, &draft.Property{Name: key.Value, Required: required[key.Value],
			Schema: inner})
	}
	return s
}

// sides says for every component of a file whether requests and responses reach it.
func (m *merger) sides(d *doc) map[string]map[bool]bool {
	out := map[string]map[bool]bool{}
	var walk func(n *yaml.Node, response bool)
	walk = func(n *yaml.Node, response bool) {
		if n == nil {
			return
		}
		if name, ok := strings.CutPrefix(layout.Text(layout.Key(n, "$ref")), schemaRef); ok {
			if out[name][response] {
				return
			}
			if out[name] == nil {
				out[name] = map[bool]bool{}
			}
			out[name][response] = true
			walk(layout.Get(d.root(), "components", "schemas", name), response)
		}
		for _, c := range n.Content {
			walk(layout.Follow(c), response)
		}
	}
	for _, item := range layout.Pairs(layout.Key(d.root(), "paths")) {
		for _, op := range layout.Pairs(item) {
			walk(layout.Key(op, "parameters"), false)
			walk(layout.Key(op, "requestBody"), false)
			walk(layout.Key(op, "responses"), true)
		}
	}
	for _, item := range layout.Pairs(layout.Key(d.root(), "webhooks")) {
		walk(item, true)
	}
	return out
}
