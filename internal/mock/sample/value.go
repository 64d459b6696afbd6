package sample

import (
	"encoding/json"
	"strconv"

	"github.com/wxgen/wxgen/internal/mock/desc"
)

// Value makes a value. It keeps the given values that fit the schema: an object field by field.
func (m *Maker) Value(s *desc.Schema, given any) any { return m.value("", "", "", s, given) }

// Named is Value for a parameter.
func (m *Maker) Named(name, label string, s *desc.Schema) any {
	return m.value("/"+name, name, label, s, nil)
}

func (m *Maker) value(at, name, label string, s *desc.Schema, given any) any {
	switch s.Type {
	case "object":
		object, _ := given.(map[string]any)
		return m.object(at, s, object)
	case "array":
		return m.list(at, name, label, s, given)
	case "":
		if given == nil {
			return map[string]any{}
		}
		return given
	}
	v := given
	if !Fits(s, v) {
		v = nil
		if m.Echo != nil {
			if known, ok := m.Echo(at, name, s); ok && Fits(s, known) {
				v = known
			}
		}
	}
	if v == nil {
		v = m.scalar(at, name, label, s)
	}
	return v
}

func (m *Maker) object(at string, s *desc.Schema, given map[string]any) any {
	out := make(map[string]any, len(s.Fields))
	if s.Open() {
		for name, v := range given {
			out[name] = v
		}
		return out
	}
	chosen := m.chosen(s, given)
	for i := range s.Fields {
		f := &s.Fields[i]
		v, there := given[f.Name]
		there = there && v != "" // it counts as absent
		if !there && m.Exact {
			continue
		}
		if !there && (m.Sparse || chosen[f.Name] == without) && !f.Required &&
			chosen[f.Name] != with {
			continue
		}
		out[f.Name] = m.value(at+"/"+f.Name, f.Name, f.Label, f.Schema, v)
	}
	if s.Extra != nil {
		for name, v := range given {
			if s.Field(name) == nil {
				out[name] = m.value(at+"/"+name, name, name, s.Extra, v)
			}
		}
	}
	return out
}

type choice int

const (
	with choice = iota + 1
	without
)

// chosen decides choices between fields: the first branch, unless the given fields have another.
func (m *Maker) chosen(s *desc.Schema, given map[string]any) map[string]choice {
	if len(s.Choices) == 0 {
		return nil
	}
	out := map[string]choice{}
	for _, c := range s.Choices {
		taken := c.Branches[0]
		for _, branch := range c.Branches {
			if holds(given, branch) {
				taken = branch
			}
			for _, name := range branch {
				if c.Exactly && out[name] == 0 {
					out[name] = without
				}
			}
		}
		for _, name := range taken {
			out[name] = with
		}
	}
	return out
}

func holds(given map[string]any, names []string) bool {
	for _, name := range names {
		if _, there := given[name]; !there {
			return false
		}
	}
	return true
}

func (m *Maker) list(at, name, label string, s *desc.Schema, given any) any {
	list, there := given.([]any)
	if !there && m.Echo != nil {
		if known, ok := m.Echo(at, name, s); ok {
			list, there = known.([]any)
		}
	}
	if !there {
		list = make([]any, max(1, s.MinItems))
	}
	out := make([]any, 0, len(list))
	for i, item := range list {
		out = append(out, m.value(at+"/"+strconv.Itoa(i), name, label, s.Items, item))
	}
	return out
}

func (m *Maker) scalar(at, name, label string, s *desc.Schema) any {
	if len(s.Enum) > 0 {
		return decoded(s.Enum[0])
	}
	switch s.Type {
	case "boolean":
		return false
	case "integer":
		return json.Number(strconv.FormatInt(m.number(name, s), 10))
	case "number":
		return json.Number(strconv.FormatInt(m.number(name, s), 10))
	}
	if s.Inside != nil {
		// made values always marshal
		inside, _ := json.Marshal(m.value(at, name, label, s.Inside, nil))
		return string(inside)
	}
	return m.text(at, name, label, s)
}
