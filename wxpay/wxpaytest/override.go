package wxpaytest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/judge"
)

// Override changes fields of the server's own answers to an operation. From a struct, such as a
// generated response, it takes the fields that are not zero; from a map or from JSON as text, it
// takes all fields. Give sensitive fields in clear text; the server seals them. The test fails if
// the outcome is not as described. Template is that of the documentation. Nil fields remove the
// override.
func (s *Server) Override(method, template string, fields any) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	name := method + " " + template
	if fields == nil {
		delete(s.overrides, name)
		return
	}
	doc, err := partial(fields)
	if err != nil {
		s.t.Fatalf("wxpaytest: override of %s: %v", name, err)
		return
	}
	if op, err := s.engine.Operation(method, template); err != nil || op == nil {
		s.t.Fatalf("wxpaytest: override of %s: the description has no such operation; plan its "+
			"reply with Server.Reply", name)
		return
	}
	s.overrides[name] = doc
}

// partial reads the fields of an override.
func partial(fields any) (any, error) {
	text, err := encode(fields)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	var doc any
	if err := d.Decode(&doc); err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	t := reflect.TypeOf(fields)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct {
		doc, _ = set(doc)
	}
	return doc, nil
}

// set returns a document without its zero values; ok is false if nothing is left.
func set(v any) (out any, ok bool) {
	switch x := v.(type) {
	case map[string]any:
		doc := map[string]any{}
		for name, item := range x {
			if kept, ok := set(item); ok {
				doc[name] = kept
			}
		}
		return doc, len(doc) > 0
	case []any:
		return x, len(x) > 0
	case json.Number:
		return x, x != "0"
	case string:
		return x, x != ""
	case bool:
		return x, x
	}
	return v, v != nil
}

// shape applies the override of an operation to its reply.
func (s *Server) shape(op *desc.Operation, clear any) any {
	s.mu.Lock()
	over, there := s.overrides[op.Name()]
	s.mu.Unlock()
	if !there {
		return clear
	}
	out := lay(clear, over)
	if refused := judge.Conforms(op.Reply, out); refused != nil {
		s.t.Errorf("wxpaytest: override of %s: not as described: %s", op.Name(), refused.Message)
	}
	return out
}

func lay(under, over any) any {
	below, ok := under.(map[string]any)
	above, also := over.(map[string]any)
	if !ok || !also {
		return over
	}
	out := make(map[string]any, len(below))
	for name, v := range below {
		out[name] = v
	}
	for name, v := range above {
		out[name] = lay(out[name], v)
	}
	return out
}
