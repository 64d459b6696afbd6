package describe

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/page"
	yaml "go.yaml.in/yaml/v4"
)

// pinnedIn returns the components of a file by the keys of their shapes, so that new uses of a shape find its name. One whose
// fields stand in for each other is none of them: no page says so, and what it says may hold without.
func (m *merger) pinnedIn(d *doc) map[string]string {
	pinned := map[string]string{}
	schemas := at(d.root(), "components", "schemas")
	sides := m.sides(d)
	for key, n := range pairs(schemas) {
		s := m.read(d, n, 0)
		if s == nil || chooses(n) || !s.isEnum() && len(s.props) == 0 {
			continue
		}
		for _, response := range []bool{false, true} {
			if s.bends() && !sides[key.Value][response] {
				continue // as it stands it is for the other side
			}
			for _, field := range fieldsFor(key.Value) {
				k := shapeKey(s, field, response)
				if _, ok := pinned[k]; !ok {
					pinned[k] = key.Value
				}
			}
		}
	}
	return pinned
}

// chooses reports whether an object wants one of several fields.
func chooses(n *yaml.Node) bool {
	return slices.ContainsFunc([]string{"anyOf", "oneOf", "allOf"}, func(key string) bool { return pick(n, key) != nil })
}

// fieldsFor guesses the fields that a component's name was made of: OrderState stands for state and order_state.
func fieldsFor(name string) []string {
	var words []string
	start := 0
	for i := 1; i <= len(name); i++ {
		if i == len(name) || upper(name[i]) && !upper(name[i-1]) {
			words = append(words, strings.ToLower(name[start:i]))
			start = i
		}
	}
	var out []string
	for i := range words {
		out = append(out, strings.Join(words[i:], "_"), strings.Join(words[i:], "-"))
	}
	return out
}

// read reads a schema of the description; nil if it is deeper than any page goes.
func (m *merger) read(d *doc, n *yaml.Node, depth int) *schema {
	d, n = m.docs.resolve(d, n)
	if n == nil || depth > 20 {
		return nil
	}
	s := &schema{typ: typeOf(n), format: text(pick(n, "format")), label: text(pick(n, "description")),
		secret: text(pick(n, "x-wxpay-sensitive")) == "true", file: text(pick(n, "x-wxpay-file"))}
	for _, v := range texts(pick(n, "enum")) {
		s.enum = append(s.enum, page.EnumValue{Value: v})
	}
	s.elem = m.read(d, pick(n, "items"), depth+1)
	s.content = m.read(d, pick(n, "contentSchema"), depth+1)
	required := map[string]bool{}
	for _, name := range texts(pick(n, "required")) {
		required[name] = true
	}
	for key, v := range pairs(pick(n, "properties")) {
		inner := m.read(d, v, depth+1)
		if inner == nil {
			inner = &schema{}
		}
		s.props = append(s.props, &property{name: key.Value, required: required[key.Value], schema: inner})
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
		if name, ok := strings.CutPrefix(text(pick(n, "$ref")), schemaRef); ok {
			if out[name][response] {
				return
			}
			if out[name] == nil {
				out[name] = map[bool]bool{}
			}
			out[name][response] = true
			walk(at(d.root(), "components", "schemas", name), response)
		}
		for _, c := range n.Content {
			walk(follow(c), response)
		}
	}
	for _, item := range pairs(pick(d.root(), "paths")) {
		for _, op := range pairs(item) {
			walk(pick(op, "parameters"), false)
			walk(pick(op, "requestBody"), false)
			walk(pick(op, "responses"), true)
		}
	}
	for _, item := range pairs(pick(d.root(), "webhooks")) {
		walk(item, true)
	}
	return out
}
