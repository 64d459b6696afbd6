package check

import (
	"fmt"
	"slices"

	"github.com/wxgen/wxgen/internal/source"
)

// examples holds what an object shows, under example and examples, against a schema.
func (c *checker) examples(v, schema source.View, l label) {
	if !c.samples {
		return
	}
	s := sampleCheck{c, l}
	if e := v.Get("example"); e.OK() {
		s.value("", e, schema)
	}
	for _, e := range v.Get("examples").Items() {
		s.value("", e, schema)
	}
	for _, e := range v.Get("examples").Entries() {
		s.value("", c.set.Follow(e, source.Examples).Get("value"), schema)
	}
}

// media checks the examples of a body. Those of an upload show the part that describes the file, by
// its name or without.
func (c *checker) media(v source.View, l label) {
	schema := v.Get("schema")
	if meta, part := c.uploadMeta(schema); part.OK() && !v.Get("example").Has(meta) {
		schema = part
	}
	c.examples(v, schema, l)
}

// uploadMeta returns the part beside a file; nothing if the schema has no file.
func (c *checker) uploadMeta(schema source.View) (name string, meta source.View) {
	file := false
	for k, p := range c.set.Follow(schema, source.Schemas).Get("properties").Entries() {
		part := c.set.Follow(p, source.Schemas)
		file = file || part.Get("format").Text() == "binary"
		if source.TypeOf(part.View) == "object" {
			name, meta = k.Text(), p
		}
	}
	if !file {
		return "", source.View{File: schema.File}
	}
	return name, meta
}

// A sampleCheck holds one example against its schema. Sealed values in it are neither clear text
// nor ciphertext of any key, so they are held to nothing but their type.
type sampleCheck struct {
	*checker
	label label
}

func (s sampleCheck) fault(at string, v source.View, what, mend string) {
	if at == "" {
		at = "it"
	}
	s.checker.fault(v, s.label, "in the example, "+at+" "+what, mend)
}

func (s sampleCheck) value(at string, v, schema source.View) {
	t := s.set.Follow(schema, source.Schemas)
	if !v.OK() || v.Pruned() || !t.IsMap() {
		return
	}
	if v.IsScalar() && v.Node.Tag == "!!null" {
		if typ := t.Get("type"); typ.OK() && !slices.Contains(typ.Texts(), "null") {
			s.fault(at, v, "is null", "leave it out")
		}
		return
	}
	switch source.TypeOf(t.View) {
	case "string":
		s.text(at, v, t.View)
	case "integer", "number":
		s.number(at, v, t.View)
	case "boolean":
		if !v.IsScalar() || v.Node.Tag != "!!bool" {
			s.fault(at, v, "is "+kindOf(v)+", no boolean", "write true or false")
		}
	case "array":
		s.list(at, v, t.View)
	case "object":
		s.object(at, v, t.View)
	}
}

func (s sampleCheck) list(at string, v, schema source.View) {
	if !v.IsList() {
		s.fault(at, v, "is "+kindOf(v)+", no list", "write […]")
		return
	}
	s.within(at, v, schema, "Items", v.Size(), "items")
	for i, item := range v.Items() {
		s.value(fmt.Sprintf("%s[%d]", at, i), item, schema.Get("items"))
	}
}

func (s sampleCheck) object(at string, v, schema source.View) {
	if !v.IsMap() {
		s.fault(at, v, "is "+kindOf(v)+", no object", "write {…}")
		return
	}
	props := schema.Get("properties")
	for _, name := range schema.Get("required").Texts() {
		p := s.set.Follow(props.Get(name), source.Schemas)
		if !v.Has(name) && p.OK() && !p.Has("x-wxpay-file") && p.Get("format").Text() != "binary" {
			s.fault(at, v, "lacks "+name+", which is required", "write it")
		}
	}
	for _, g := range ChoicesOf(schema, ChoiceKeys) {
		s.choice(at, v, g)
	}
	for k, value := range v.Entries() {
		p := props.Get(k.Text())
		if !p.OK() {
			p = schema.Get("additionalProperties")
		}
		s.value(join(at, k.Text()), value, p)
	}
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

// choice counts the branches that an object has.
func (s sampleCheck) choice(at string, v source.View, g ChoiceGroup) {
	set := 0
	var names string
	for i, branch := range g.List.Items() {
		list := branch.Get("required").Texts()
		if !slices.ContainsFunc(list, func(name string) bool { return !v.Has(name) }) {
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
	case set > 1 && g.Exactly:
		s.fault(at, v, "has more than one of "+names, "keep one")
	}
}

// within holds a count against the bounds whose keys end in the word.
func (s sampleCheck) within(at string, v, schema source.View, word string, n int, things string) {
	if low := schema.Get("min" + word); isCount(low) && n < source.Count(schema, "min"+word) {
		s.fault(at, v, fmt.Sprintf("has %d %s; min%s is %s", n, things, word, low.Text()),
			"correct one")
	}
	if high := schema.Get("max" + word); isCount(high) && n > source.Count(schema, "max"+word) {
		s.fault(at, v, fmt.Sprintf("has %d %s; max%s is %s", n, things, word, high.Text()),
			"correct one")
	}
}
