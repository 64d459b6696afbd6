package load

import (
	"github.com/wxgen/wxgen/internal/source"
)

// mediaExample returns the example of a parameter or media type: example, or the first of examples.
func mediaExample(set source.Set, v source.Node) any {
	if e := v.Get("example"); e.OK() {
		return source.Data(e)
	}
	for _, e := range v.Get("examples").Entries() {
		return source.Data(set.Follow(e, source.Examples).Get("value"))
	}
	return nil
}

func paramExample(set source.Set, p source.Node) any {
	if e := mediaExample(set, p); e != nil {
		return e
	}
	if e := schemaExample(p.Get("schema")); e != nil {
		return e
	}
	return schemaExample(set.Follow(p.Get("schema"), source.Schemas).Node)
}

// schemaExample returns the example of a schema, whose examples are a list.
func schemaExample(v source.Node) any {
	if e := v.Get("example"); e.OK() {
		return source.Data(e)
	}
	for _, e := range v.Get("examples").Items() {
		return source.Data(e)
	}
	return nil
}
