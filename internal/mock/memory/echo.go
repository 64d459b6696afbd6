package memory

import "github.com/wxgen/wxgen/internal/mock/desc"

// Learn adds the fields of a reply to an object, so that the next reply is the same.
func (s *Store) Learn(o *Object, reply map[string]any) {
	for name, v := range reply {
		if _, known := o.Doc[name]; !known {
			o.Doc[name] = Clone(v)
		}
		if text, ok := v.(string); ok && Stateful(name) {
			o.State = text
		}
	}
	s.Weigh(o)
}

// Echo finds the value of a field in the object by its name. A state follows from the last action.
func (o *Object) Echo() func(at, name string, schema *desc.Schema) (any, bool) {
	leaves := Leaves(o.Doc)
	return func(_, name string, schema *desc.Schema) (any, bool) {
		if Stateful(name) && len(schema.Enum) > 0 {
			if v, ok := follows(o.Word, schema.Enum); ok {
				return v, true
			}
		}
		v, ok := leaves[name]
		return v, ok
	}
}

// Leaves maps the names of a document's scalars to their values. It leaves out names with different
// values.
func Leaves(doc map[string]any) map[string]any {
	leaves, twice := map[string]any{}, map[string]bool{}
	var walk func(v any, name string)
	walk = func(v any, name string) {
		switch x := v.(type) {
		case map[string]any:
			for name, item := range x {
				walk(item, name)
			}
		case []any:
			for _, item := range x {
				walk(item, name)
			}
		default:
			if old, there := leaves[name]; there && old != v {
				twice[name] = true
			}
			leaves[name] = v
		}
	}
	walk(doc, "")
	for name := range twice {
		if v, top := doc[name]; top {
			leaves[name] = v
			continue
		}
		delete(leaves, name)
	}
	return leaves
}
