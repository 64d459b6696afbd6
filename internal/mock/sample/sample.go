package sample

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/mock/desc"
)

// Maker makes values.
type Maker struct {
	Seed string
	Now  time.Time
	// of the optional fields, only those that are given
	Sparse bool
	// of all fields, only those that are given
	Exact bool
	// what is known of a field by its name; may be nil
	Echo func(at, name string, s *desc.Schema) (v any, ok bool)
	// of fields that hold a URL; may be nil
	URL func(name string) string
	// values of the fields that say who calls, by name; may be nil
	Who map[string]string
}

// Value makes a value. What is given stands in it where it fits: an object field by field.
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
		there = there && v != "" // which counts as absent
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

// chosen decides choices between fields: the first branch is taken, unless what is given takes
// another.
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
		// what was made is written
		inside, _ := json.Marshal(m.value(at, name, label, s.Inside, nil))
		return string(inside)
	}
	return m.text(at, name, label, s)
}

// decoded reads a value of the description.
func decoded(raw json.RawMessage) any {
	var n json.Number
	if raw[0] != '"' && json.Unmarshal(raw, &n) == nil {
		return n
	}
	var v any
	_ = json.Unmarshal(raw, &v) // was written by package compile
	return v
}

// Fits reports whether a value is of a schema's type, and one of its enum.
func Fits(s *desc.Schema, v any) bool {
	switch x := v.(type) {
	case nil:
		return false
	case string:
		return s.Type == "string" && x != "" && allowed(s, x) && timely(s, x)
	case json.Number:
		_, err := x.Int64()
		return (s.Type == "number" || s.Type == "integer" && err == nil) && allowed(s, string(x))
	case bool:
		return s.Type == "boolean"
	case []any:
		return s.Type == "array"
	case map[string]any:
		return s.Type == "object"
	}
	return false
}

func timely(s *desc.Schema, text string) bool {
	if s.Format != "date-time" {
		return true
	}
	_, err := time.Parse(time.RFC3339, text)
	return err == nil
}

func allowed(s *desc.Schema, text string) bool {
	for _, raw := range s.Enum {
		if fmt.Sprint(decoded(raw)) == text {
			return true
		}
	}
	return len(s.Enum) == 0
}

// Seal returns a value with its sensitive texts sealed. The value itself stays as it is.
func Seal(s *desc.Schema, v any, seal func(string) (string, error)) (any, error) {
	if s == nil || !s.Seals() {
		return v, nil
	}
	switch x := v.(type) {
	case string:
		return sealText(s, x, seal)
	case map[string]any:
		out := make(map[string]any, len(x))
		for name, item := range x {
			part := s.Extra
			if f := s.Field(name); f != nil {
				part = f.Schema
			}
			sealed, err := Seal(part, item, seal)
			if err != nil {
				return nil, err
			}
			out[name] = sealed
		}
		return out, nil
	case []any:
		out := make([]any, len(x))
		for i, item := range x {
			sealed, err := Seal(s.Items, item, seal)
			if err != nil {
				return nil, err
			}
			out[i] = sealed
		}
		return out, nil
	}
	return v, nil
}

func sealText(s *desc.Schema, text string, seal func(string) (string, error)) (any, error) {
	if s.Sensitive {
		return seal(text)
	}
	if s.Inside == nil {
		return text, nil
	}
	var inside any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if d.Decode(&inside) != nil {
		return text, nil
	}
	sealed, err := Seal(s.Inside, inside, seal)
	if err != nil {
		return nil, err
	}
	out, err := json.Marshal(sealed)
	return string(out), err
}

// hash is a number that follows from the seed and the place.
func (m *Maker) hash(at string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(m.Seed))
	h.Write([]byte(at))
	return h.Sum64()
}
