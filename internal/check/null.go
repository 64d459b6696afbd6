package check

import (
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// A reply may hold null wherever a value can be, and is read all the same. A request never holds
// it: what is not set is not sent.

// path reports null in the types of what the operations of a path send.
func (c *checker) path(v source.View, _ label) {
	w := &nullWalk{c: c, seen: map[*yaml.Node]bool{}}
	for _, verb := range route.Verbs {
		w.operation(v.Get(verb), v)
	}
}

func (w *nullWalk) operation(v, item source.View) {
	c := w.c
	for _, from := range []source.View{v, item} {
		for _, p := range from.Get("parameters").Items() {
			w.schema(c.set.Follow(p, source.Parameters).Get("schema"))
		}
	}
	for _, media := range c.set.Follow(v.Get("requestBody"), source.RequestBodies).Get("content").
		Entries() {
		w.schema(media.Get("schema"))
	}
}

// nullWalk goes through a schema and all that it is made of.
type nullWalk struct {
	c    *checker
	seen map[*yaml.Node]bool
}

func (w *nullWalk) schema(v source.View) {
	s := w.c.set.Follow(v, source.Schemas)
	if !s.IsMap() || w.seen[s.Node] {
		return
	}
	w.seen[s.Node] = true
	for _, t := range s.Get("type").Items() {
		if t.Text() == "null" {
			w.c.faults.At(t, "null in what a request sends",
				"remove it: what is not set is not sent")
		}
	}
	for _, p := range s.Get("properties").Entries() {
		w.schema(p)
	}
	for _, key := range partKeys {
		w.schema(s.Get(key))
	}
}
