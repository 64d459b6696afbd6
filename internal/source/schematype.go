package source

import (
	"slices"
)

// TypeOf returns a schema's type, null left out; "" if it has none or one that check reports.
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

// Known returns a type of schemas as it is, and "" for any other word.
func Known(t string) string {
	if slices.Contains(SchemaTypes, t) {
		return t
	}
	return ""
}

// SchemaTypes are the types that a schema may have.
var SchemaTypes = []string{"string", "integer", "number", "boolean", "array", "object"}
