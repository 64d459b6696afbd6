package sample

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/wxgen/wxgen/internal/mock/desc"
)

// decoded reads a value of the description.
func decoded(raw json.RawMessage) any {
	var n json.Number
	if raw[0] != '"' && json.Unmarshal(raw, &n) == nil {
		return n
	}
	var v any
	_ = json.Unmarshal(raw, &v) // package compile has written it
	return v
}

// Fits reports whether a value has a schema's type, and is in its enum.
func Fits(s *desc.Schema, v any) bool {
	switch x := v.(type) {
	case nil:
		return false
	case string:
		return s.Type == "string" && x != "" && allowed(s, x) && timely(s, x)
	case json.Number:
		_, err := x.Int64()
		return (s.Type == "number" || s.Type == "integer" && err == nil) && allowed(s, string(x))
	case bool:
		return s.Type == "boolean"
	case []any:
		return s.Type == "array"
	case map[string]any:
		return s.Type == "object"
	}
	return false
}

func timely(s *desc.Schema, text string) bool {
	if s.Format != "date-time" {
		return true
	}
	_, err := time.Parse(time.RFC3339, text)
	return err == nil
}

func allowed(s *desc.Schema, text string) bool {
	for _, raw := range s.Enum {
		if fmt.Sprint(decoded(raw)) == text {
			return true
		}
	}
	return len(s.Enum) == 0
}
