package source

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// Data decodes an example: numbers are json.Number, objects map[string]any. It is nil for a missing
// node.
func Data(v View) any {
	switch {
	case v.IsMap():
		object := make(map[string]any, v.Size())
		for k, value := range v.Entries() {
			object[k.Text()] = Data(value)
		}
		return object
	case v.IsList():
		list := make([]any, 0, v.Size())
		for _, item := range v.Items() {
			list = append(list, Data(item))
		}
		return list
	case v.IsScalar():
		return scalar(v)
	}
	return nil
}

func scalar(v View) any {
	switch v.Node.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return v.Text() == "true"
	case "!!int", "!!float":
		return Number(v.Text())
	}
	return v.Text()
}

// Number turns YAML's spellings of numbers into JSON's; what JSON cannot say stays text.
func Number(text string) any {
	if json.Valid([]byte(text)) {
		return json.Number(text)
	}
	if n, err := strconv.ParseInt(strings.ReplaceAll(text, "_", ""), 0, 64); err == nil {
		return json.Number(strconv.FormatInt(n, 10))
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		if b, err := json.Marshal(f); err == nil {
			return json.Number(b)
		}
	}
	return text
}

func Count(v View, key string) int {
	n, _ := strconv.Atoi(v.Get(key).Text())
	return n
}

// TypeOf returns a schema's type, null left out; "" if it has none or one that check reports.
func TypeOf(v View) string {
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

func Known(t string) string {
	if slices.Contains(SchemaTypes, t) {
		return t
	}
	return ""
}

var SchemaTypes = []string{"string", "integer", "number", "boolean", "array", "object"}

// Clip keeps messages on a line.
func Clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
