package load

import (
	"fmt"
	"slices"
)

// examples holds what an object shows, under example and examples, against a schema.
func (c *checker) examples(v, schema view, l label) {
	if !c.samples {
		return
	}
	s := sampleCheck{c, l}
	if e := v.get("example"); e.ok() {
		s.value("", e, schema)
	}
	for _, e := range v.get("examples").items() {
		s.value("", e, schema)
	}
	for _, e := range v.get("examples").entries() {
		s.value("", c.set.follow(e, examples).get("value"), schema)
	}
}

// media checks the examples of a body. Those of an upload show the part that describes the file, by its name or without.
func (c *checker) media(v view, l label) {
	schema := v.get("schema")
	if meta, part := c.uploadMeta(schema); part.ok() && !v.get("example").has(meta) {
		schema = part
	}
	c.examples(v, schema, l)
}

// uploadMeta returns the part beside a file; nothing if the schema has no file.
func (c *checker) uploadMeta(schema view) (name string, meta view) {
	file := false
	for k, p := range c.set.follow(schema, schemas).get("properties").entries() {
		part := c.set.follow(p, schemas)
		file = file || part.get("format").text() == "binary"
		if typeOf(part.view) == "object" {
			name, meta = k.text(), p
		}
	}
	if !file {
		return "", view{f: schema.f}
	}
	return name, meta
}

// A sampleCheck holds one example against its schema. Sealed values in it are neither clear text nor ciphertext of any
// key, so they are held to nothing but their type.
type sampleCheck struct {
	*checker
	label label
}

func (s sampleCheck) fault(at string, v view, what, mend string) {
	if at == "" {
		at = "it"
	}
	s.checker.fault(v, s.label, "in the example, "+at+" "+what, mend)
}

func (s sampleCheck) value(at string, v, schema view) {
	t := s.set.follow(schema, schemas)
	if !v.ok() || v.cut() || !t.isMap() {
		return
	}
	if v.isScalar() && v.n.Tag == "!!null" {
		if typ := t.get("type"); typ.ok() && !slices.Contains(typ.texts(), "null") {
			s.fault(at, v, "is null", "leave it out")
		}
		return
	}
	switch typeOf(t.view) {
	case "string":
		s.text(at, v, t.view)
	case "integer", "number":
		s.number(at, v, t.view)
	case "boolean":
		if !v.isScalar() || v.n.Tag != "!!bool" {
			s.fault(at, v, "is "+kindOf(v)+", no boolean", "write true or false")
		}
	case "array":
		s.list(at, v, t.view)
	case "object":
		s.object(at, v, t.view)
	}
}

func (s sampleCheck) list(at string, v, schema view) {
	if !v.isList() {
		s.fault(at, v, "is "+kindOf(v)+", no list", "write […]")
		return
	}
	s.within(at, v, schema, "Items", v.size(), "items")
	for i, item := range v.items() {
		s.value(fmt.Sprintf("%s[%d]", at, i), item, schema.get("items"))
	}
}

func (s sampleCheck) object(at string, v, schema view) {
	if !v.isMap() {
		s.fault(at, v, "is "+kindOf(v)+", no object", "write {…}")
		return
	}
	props := schema.get("properties")
	for _, name := range schema.get("required").texts() {
		p := s.set.follow(props.get(name), schemas)
		if !v.has(name) && p.ok() && !p.has("x-wxpay-file") && p.get("format").text() != "binary" {
			s.fault(at, v, "lacks "+name+", which is required", "write it")
		}
	}
	for _, g := range choicesOf(schema, choiceKeys) {
		s.choice(at, v, g)
	}
	for k, value := range v.entries() {
		p := props.get(k.text())
		if !p.ok() {
			p = schema.get("additionalProperties")
		}
		s.value(join(at, k.text()), value, p)
	}
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

// choice counts the branches that an object has.
func (s sampleCheck) choice(at string, v view, g choiceGroup) {
	set := 0
	var names string
	for i, branch := range g.list.items() {
		list := branch.get("required").texts()
		if !slices.ContainsFunc(list, func(name string) bool { return !v.has(name) }) {
			set++
		}
		if i > 0 {
			names += " or "
		}
		for j, name := range list {
			if j > 0 {
				names += " with "
			}
			names += name
		}
	}
	switch {
	case set == 0:
		s.fault(at, v, "lacks "+names+", of which one is required", "write it")
	case set > 1 && g.exactly:
		s.fault(at, v, "has more than one of "+names, "keep one")
	}
}

// within holds a count against the bounds whose keys end in the word.
func (s sampleCheck) within(at string, v, schema view, word string, n int, things string) {
	if low := schema.get("min" + word); isCount(low) && n < count(schema, "min"+word) {
		s.fault(at, v, fmt.Sprintf("has %d %s; min%s is %s", n, things, word, low.text()), "correct one")
	}
	if high := schema.get("max" + word); isCount(high) && n > count(schema, "max"+word) {
		s.fault(at, v, fmt.Sprintf("has %d %s; max%s is %s", n, things, word, high.text()), "correct one")
	}
}
