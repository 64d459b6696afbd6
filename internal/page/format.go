package page

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// datable reports whether a field may hold a date.
func (r *Row) datable() bool {
	return r.Type == "string" && !r.Encrypted && !r.Encoded && len(r.Enum) == 0
}

// dateFormat is the format of a text that is a date or a time, or "".
func dateFormat(text string) string {
	if len(text) == len(time.DateOnly) {
		if _, err := time.Parse(time.DateOnly, text); err == nil {
			return "date"
		}
	}
	if _, err := time.Parse(time.RFC3339, text); err == nil {
		return "date-time"
	}
	return ""
}

// dateName reports whether a field's name suggests a time.
func dateName(name string) bool {
	return slices.ContainsFunc([]string{"time", "date", "day", "_at", "expire", "begin", "end"},
		func(w string) bool { return strings.Contains(name, w) })
}

// decideNumber turns a page's number into an integer: amounts are in fen, and counts are whole. It
// remains a number if the example has a fraction. A number with names as values becomes a string.
func (r *Row) decideNumber(examples []any) {
	if r.Type != "number" && r.Type != "integer" {
		return
	}
	for _, v := range r.Enum {
		if _, err := strconv.ParseFloat(v.Value, 64); err != nil {
			r.Type = "string"
			return
		}
	}
	for _, e := range examples {
		if n, ok := e.(json.Number); ok && strings.ContainsAny(n.String(), ".eE") {
			return
		}
	}
	r.Type = "integer"
}
