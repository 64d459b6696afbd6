package load

import (
	"fmt"

	"github.com/wxgen/wxgen/internal/charclass"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/source"
)

// limits returns the bounds of a schema, or nil.
func limits(v source.Node) *model.Limits {
	l := model.Limits{
		MinLength: source.Count(v, "minLength"), MaxLength: source.Count(v, "maxLength"),
		Pattern: v.Get("pattern").Text(),
		Bytes:   v.Get("x-wxpay-length").Text() == "bytes",
		Clear:   v.Get("x-wxpay-length").Text() == "clear",
		Minimum: bound(v, "minimum"), Maximum: bound(v, "maximum"),
		MinItems: source.Count(v, "minItems"), MaxItems: source.Count(v, "maxItems"),
	}
	if content := v.Get("contentSchema"); content.OK() {
		l.MinItems, l.MaxItems = source.Count(content, "minItems"),
			source.Count(content, "maxItems")
	}
	// the runtime writes times itself
	if l == (model.Limits{}) || v.Get("format").Text() == "date-time" {
		return nil
	}
	if c, ok := charclass.Parse(l.Pattern); ok {
		l.Class = c.Chars
		if !l.Bytes {
			l.MinLength, l.MaxLength = c.Within(l.MinLength, l.MaxLength)
		}
	}
	return &l
}

func bound(v source.Node, key string) string {
	if b := v.Get(key); b.OK() {
		return fmt.Sprint(source.Number(b.Text()))
	}
	return ""
}

// limited adds the bounds of its schema to a use of a type.
func limited(t *model.TypeRef, v source.Node) *model.TypeRef {
	if t != nil {
		t.Limits = limits(v)
	}
	return t
}
