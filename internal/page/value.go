package page

import (
	"encoding/json"
	"slices"
	"strings"
)

// A value is a value in a sample: JSON or a PHP literal.
type value struct {
	scalar json.RawMessage // a string, number or constant; nil otherwise
	list   []*value        // items of an array without keys
	keys   []string        // of an array with keys, in order
	fields []*value        // beside keys
	array  bool
}

// field returns the value of a key, also in the items of a list; nil if there is none.
func (v *value) field(name string) *value {
	if v == nil {
		return nil
	}
	for i, k := range v.keys {
		if k == name {
			return v.fields[i]
		}
	}
	for _, item := range v.list {
		if f := item.field(name); f != nil {
			return f
		}
	}
	return nil
}

// find returns the first value of a key at any depth; nil if there is none.
func (v *value) find(name string) *value {
	if f := v.field(name); f != nil || v == nil {
		return f
	}
	for _, f := range v.fields {
		if found := f.find(name); found != nil {
			return found
		}
	}
	for _, item := range v.list {
		if found := item.find(name); found != nil {
			return found
		}
	}
	return nil
}

// names returns the keys of an object, or of the objects of a list.
func (v *value) names() []string {
	if v == nil {
		return nil
	}
	names := slices.Clone(v.keys)
	for _, item := range v.list {
		for _, name := range item.names() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// text is the literal of a scalar, or nil.
func (v *value) text() json.RawMessage {
	if v == nil {
		return nil
	}
	return v.scalar
}

func (v *value) known() bool { return v != nil && (v.array || v.scalar != nil) }

func (v *value) isNumber() bool {
	return len(v.scalar) > 0 && (v.scalar[0] == '-' || '0' <= v.scalar[0] && v.scalar[0] <= '9')
}

func (v *value) isNull() bool { return v != nil && string(v.scalar) == "null" }

func (v *value) isList() bool { return v.array && v.keys == nil }

// typeOfValue is the type of a sample.
func typeOfValue(v *value) string {
	switch {
	case v == nil || len(v.scalar) == 0 && !v.array:
		return "string"
	case v.array:
		return "object"
	case v.scalar[0] == 't' || v.scalar[0] == 'f':
		return "boolean"
	case v.isNumber() && strings.ContainsAny(string(v.scalar), ".eE"):
		return "number"
	case v.isNumber():
		return "integer"
	}
	return "string"
}

// json writes the value as JSON, without PHP expressions.
func (v *value) json() json.RawMessage {
	var b strings.Builder
	v.write(&b)
	return json.RawMessage(b.String())
}

func (v *value) write(b *strings.Builder) {
	switch {
	case !v.array:
		b.Write(v.scalar)
	case v.keys == nil && v.list != nil:
		b.WriteByte('[')
		v.writeItems(b)
		b.WriteByte(']')
	default:
		b.WriteByte('{')
		v.writeFields(b)
		b.WriteByte('}')
	}
}

func (v *value) writeItems(b *strings.Builder) {
	first := true
	for _, item := range v.list {
		if !item.known() {
			continue
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		item.write(b)
	}
}

func (v *value) writeFields(b *strings.Builder) {
	first := true
	for i, k := range v.keys {
		if !v.fields[i].known() {
			continue
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		b.Write(quote(k))
		b.WriteByte(':')
		v.fields[i].write(b)
	}
}

func quote(s string) json.RawMessage {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // strings always marshal
	return json.RawMessage(strings.TrimSuffix(b.String(), "\n"))
}

// maxDepth bounds the nesting of arrays: no sample is deeper, and a hostile page must not exhaust
// the stack.
const maxDepth = 64
