package source

import (
	"slices"
)

// TypeOf returns a schema's type, without null; "" if it has none or one that check reports.
func TypeOf(v Node) string {
	t := v.Get("type")
	if t.IsList() {
		found := ""
		for _, item := range t.Items() {
			if item.Text() != "null" {
				found = item.Text()
			}
		}
		return Known(found)
	}
	return Known(t.Text())
}

// Known returns a schema's type unchanged, and "" for any other word.
func Known(t string) string {
	if slices.Contains(SchemaTypes, t) {
		return t
	}
	return ""
}

// SchemaTypes are the possible types of a schema.
var SchemaTypes = []string{"string", "integer", "number", "boolean", "array", "object"}
