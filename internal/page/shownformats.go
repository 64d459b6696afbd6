package page

import (
	"bytes"
	"encoding/json"
	"strings"
)

// formats takes dates, and numbers with a fraction, from the example.
func (d *draft) formats() {
	var example map[string]any
	if d.op.Example != nil {
		dec := json.NewDecoder(bytes.NewReader(d.op.Example))
		dec.UseNumber()
		_ = dec.Decode(&example) // readExample has checked it
	}
	query, _ := example["query"].(map[string]any)
	shown := shownFormats{}
	for _, r := range d.op.PathParams {
		value := example[r.Name]
		if value == nil {
			value = query[r.Name]
		}
		shown.learn(r, values(value))
	}
	for _, group := range []struct {
		name string
		rows []*Row
	}{{"query", d.op.Query}, {"headers", d.op.Headers}, {"json", d.op.JSON}, {"body", d.op.Form}} {
		shown.learnAll(group.rows, []any{example[group.name]})
	}
	shown.apply(d.op.Response)
}

// shownFormats maps fields' names to the formats in the example; "" if the examples disagree.
type shownFormats map[string]string

func (s shownFormats) learnAll(rows []*Row, objects []any) {
	for _, r := range rows {
		var found []any
		for _, o := range objects {
			if o, ok := o.(map[string]any); ok && o[r.Name] != nil {
				found = append(found, values(o[r.Name])...)
			}
		}
		s.learn(r, found)
	}
}

// learn adds a field's example values.
func (s shownFormats) learn(r *Row, examples []any) {
	if r.Encoded {
		examples = insideStrings(examples)
	} else {
		s.learnFormat(r, examples)
		r.decideNumber(examples)
	}
	s.learnAll(r.Rows, examples)
}

func (s shownFormats) learnFormat(r *Row, examples []any) {
	if !r.datable() {
		return
	}
	format := formatOf(examples)
	if format == "" && !anyText(examples) {
		return // no examples
	}
	r.Format = format
	if known, ok := s[r.Name]; ok && known != format {
		format = ""
	}
	s[r.Name] = format
}

// apply gives response fields the format of the request fields of the same name, and decides their
// numbers.
func (s shownFormats) apply(rows []*Row) {
	for _, r := range rows {
		if r.datable() {
			r.Format = s[r.Name]
		}
		r.decideNumber(nil)
		s.apply(r.Rows)
	}
}

// values flattens arrays.
func values(v any) []any {
	list, ok := v.([]any)
	if !ok {
		return []any{v}
	}
	var out []any
	for _, item := range list {
		out = append(out, values(item)...)
	}
	return out
}

// insideStrings decodes strings that hold JSON.
func insideStrings(examples []any) []any {
	var out []any
	for _, e := range examples {
		text, ok := e.(string)
		if !ok {
			out = append(out, e)
			continue
		}
		dec := json.NewDecoder(strings.NewReader(text))
		dec.UseNumber()
		var inside any
		if dec.Decode(&inside) == nil {
			out = append(out, values(inside)...)
		}
	}
	return out
}

func anyText(examples []any) bool {
	for _, e := range examples {
		if text, ok := e.(string); ok && text != "" {
			return true
		}
	}
	return false
}

// formatOf returns the common format of all texts, or "".
func formatOf(examples []any) string {
	format := ""
	for _, e := range examples {
		text, ok := e.(string)
		if !ok || text == "" {
			continue
		}
		f := dateFormat(text)
		if f == "" || format != "" && f != format {
			return ""
		}
		format = f
	}
	return format
}
