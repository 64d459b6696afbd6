package page

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// readExample takes the example request over: the page's own, or what its sample call sends.
func (d *draft) readExample() {
	switch {
	case d.example.line > 0:
		text := []byte(strings.Join(d.example.text, "\n"))
		if err := checkObject(text); err != nil {
			d.faults.add(d.example.line, "write the example as one JSON object",
				"the example is no JSON: %v", err)
			return
		}
		d.op.Example = bytes.TrimSpace(text)
	case d.sample != nil && d.sample.args != nil && d.sample.args.keys != nil:
		d.op.Example = d.sample.args.json()
	}
}

func checkObject(text []byte) error {
	var object map[string]json.RawMessage
	return json.Unmarshal(text, &object)
}

// renameExample gives a misspelt path parameter its right name. Fields further down keep theirs.
func (d *draft) renameExample(from, to string) {
	dec := json.NewDecoder(bytes.NewReader(d.op.Example))
	if _, err := dec.Token(); err != nil {
		return
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return
		}
		if end := int(dec.InputOffset()); key == from {
			old := quote(from)
			d.op.Example = slices.Concat(d.op.Example[:end-len(old)], quote(to), d.op.Example[end:])
			return
		}
		var skipped json.RawMessage
		if dec.Decode(&skipped) != nil {
			return
		}
	}
}

// formats finds out what only the example shows: dates, and numbers with a fraction.
func (d *draft) formats() {
	var example map[string]any
	if d.op.Example != nil {
		dec := json.NewDecoder(bytes.NewReader(d.op.Example))
		dec.UseNumber()
		_ = dec.Decode(&example) // checked when it was read
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

// shownFormats is the formats that the example shows, by the fields' names; "" where examples
// disagree.
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

// learn takes a field's example values in.
func (s shownFormats) learn(r *Row, examples []any) {
	if r.Encoded {
		examples = insideStrings(examples)
	} else {
		s.learnFormat(r, examples)
		r.settleNumber(examples)
	}
	s.learnAll(r.Rows, examples)
}

func (s shownFormats) learnFormat(r *Row, examples []any) {
	if !r.datable() {
		return
	}
	format := formatOf(examples)
	if format == "" && !anyText(examples) {
		return // nothing shown
	}
	r.Format = format
	if known, ok := s[r.Name]; ok && known != format {
		format = ""
	}
	s[r.Name] = format
}

// datable reports whether a field may hold a date.
func (r *Row) datable() bool {
	return r.Type == "string" && !r.Encrypted && !r.Encoded && len(r.Enum) == 0
}

// apply gives response fields the format of the request fields of the same name, and settles their
// numbers.
func (s shownFormats) apply(rows []*Row) {
	for _, r := range rows {
		if r.datable() {
			r.Format = s[r.Name]
		}
		r.settleNumber(nil)
		s.apply(r.Rows)
	}
}

// settleNumber makes an integer of what a page calls a number: amounts are in fen, and counts are
// whole. Only a fraction in the example shows that it is none. A number whose values are names is a
// string.
func (r *Row) settleNumber(examples []any) {
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

// formatOf returns the format that all texts have, or "".
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
