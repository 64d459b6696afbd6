package load

import "go.yaml.in/yaml/v4"

// A reply may hold null wherever a value can be, and is read all the same. A request never holds it: what is not set is not sent.

// path reports null in the types of what the operations of a path send.
func (c *checker) path(v view, _ label) {
	w := &nullWalk{c: c, seen: map[*yaml.Node]bool{}}
	for _, verb := range verbs {
		w.operation(v.get(verb), v)
	}
}

func (w *nullWalk) operation(v, item view) {
	c := w.c
	for _, from := range []view{v, item} {
		for _, p := range from.get("parameters").items() {
			w.schema(c.set.follow(p, parameters).get("schema"))
		}
	}
	for _, media := range c.set.follow(v.get("requestBody"), requestBodies).get("content").entries() {
		w.schema(media.get("schema"))
	}
}

// nullWalk goes through a schema and all that it is made of.
type nullWalk struct {
	c    *checker
	seen map[*yaml.Node]bool
}

func (w *nullWalk) schema(v view) {
	s := w.c.set.follow(v, schemas)
	if !s.isMap() || w.seen[s.n] {
		return
	}
	w.seen[s.n] = true
	for _, t := range s.get("type").items() {
		if t.text() == "null" {
			w.c.faults.at(t, "null in what a request sends", "remove it: what is not set is not sent")
		}
	}
	for _, p := range s.get("properties").entries() {
		w.schema(p)
	}
	for _, key := range partKeys {
		w.schema(s.get(key))
	}
}
