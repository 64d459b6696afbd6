package check

import (
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/source"
)

// A schemaWalk visits a schema and all schemas that it consists of, each once.
type schemaWalk struct {
	set   source.Set
	seen  map[*yaml.Node]bool
	visit func(schema source.Node) (stop bool)
}

func newSchemaWalk(set source.Set, visit func(source.Node) bool) *schemaWalk {
	return &schemaWalk{set, map[*yaml.Node]bool{}, visit}
}

// schema visits one schema once.
func (w *schemaWalk) schema(v source.Node) {
	s := w.set.Follow(v, source.Schemas)
	if !s.IsMap() || w.seen[s.YAML] {
		return
	}
	w.seen[s.YAML] = true
	if w.visit(s.Node) {
		return
	}
	for _, p := range s.Get("properties").Entries() {
		w.schema(p)
	}
	for _, key := range []string{"items", "additionalProperties", "contentSchema"} {
		w.schema(s.Get(key))
	}
}

// body visits the schemas of a request's body.
func (w *schemaWalk) body(operation source.Node) {
	body := w.set.Follow(operation.Get("requestBody"), source.RequestBodies)
	for _, media := range body.Get("content").Entries() {
		w.schema(media.Get("schema"))
	}
}
