package check

import (
	"github.com/wxgen/wxgen/internal/source"
)

// examples checks the values under example and examples against a schema.
func (c *checker) examples(v, schema source.Node, l label) {
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

// media checks the examples of a body. An upload's example shows the part that describes the file,
// with or without its name.
func (c *checker) media(v source.Node, l label) {
	schema := v.Get("schema")
	if meta, part := c.uploadMeta(schema); part.OK() && !v.Get("example").Has(meta) {
		schema = part
	}
	c.examples(v, schema, l)
}

// uploadMeta returns the part beside a file; no part if the schema has no file.
func (c *checker) uploadMeta(schema source.Node) (name string, meta source.Node) {
	file := false
	for k, p := range c.set.Follow(schema, source.Schemas).Get("properties").Entries() {
		part := c.set.Follow(p, source.Schemas)
		file = file || part.Get("format").Text() == "binary"
		if source.TypeOf(part.Node) == "object" {
			name, meta = k.Text(), p
		}
	}
	if !file {
		return "", source.Node{File: schema.File}
	}
	return name, meta
}
