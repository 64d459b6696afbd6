package page

import (
	"encoding/json"
	"strings"
)

// readJSON reads the JSON at the beginning of a text, in the order of its fields, and returns the
// text behind it. People write samples, so it accepts a comma too many, a comment and an ellipsis.
// It returns nil if there is no value.
func readJSON(text string) (v *value, rest string) {
	r := &jsonReader{text: text}
	v = r.value()
	if v == nil || r.broken {
		return nil, text
	}
	return v, r.text[r.at:]
}

// A jsonReader reads JSON leniently.
type jsonReader struct {
	text   string
	at     int
	depth  int
	broken bool // the JSON is malformed or ends too early
}

// space skips blanks, comments and ellipses.
func (r *jsonReader) space() {
	for r.at < len(r.text) {
		rest := r.text[r.at:]
		switch {
		case strings.IndexByte(" \t\r\n", rest[0]) >= 0:
			r.at++
		case strings.HasPrefix(rest, "//"):
			r.past("\n")
		case strings.HasPrefix(rest, "/*"):
			r.past("*/")
		case strings.HasPrefix(rest, "..."):
			r.at += len("...")
		case strings.HasPrefix(rest, "…"), strings.HasPrefix(rest, "\u00a0"),
			strings.HasPrefix(rest, "\u3000"):
			r.at += len(firstRune(rest))
		default:
			return
		}
	}
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

func (r *jsonReader) past(end string) {
	i := strings.Index(r.text[r.at:], end)
	if i < 0 {
		r.at = len(r.text)
		return
	}
	r.at += i + len(end)
}

func (r *jsonReader) peek() byte {
	r.space()
	if r.at >= len(r.text) {
		return 0
	}
	return r.text[r.at]
}

func (r *jsonReader) value() *value {
	switch c := r.peek(); c {
	case '{', '[':
		return r.group(c)
	case '"':
		return r.str()
	default:
		return r.word()
	}
}

// group reads an object or a list.
func (r *jsonReader) group(opening byte) *value {
	v := &value{array: true}
	if opening == '{' {
		v.keys = []string{}
	} else {
		v.list = []*value{}
	}
	r.at++
	if r.depth++; r.depth > maxDepth {
		r.broken = true
	}
	defer func() { r.depth-- }()
	comma := true
	for !r.broken {
		switch c := r.peek(); {
		case c == '}' || c == ']':
			r.at++
			r.broken = r.broken || (c == '}') != (opening == '{')
			return v
		case c == ',':
			r.at++
			comma = true
		case c == 0:
			r.broken = true
		default:
			r.item(v, opening == '{', comma)
			comma = false
		}
	}
	return v
}

// item reads one field of an object, or one item of a list. It skips the line numbers that a page
// shows beside its samples. Nothing separates them from the values around them.
func (r *jsonReader) item(v *value, keyed, comma bool) {
	item := r.value()
	if item == nil {
		r.broken = true
		return
	}
	next := r.peek()
	if item.isNumber() &&
		(keyed && next != ':' || !keyed && (!comma || next != ',' && next != ']')) {
		return
	}
	if !keyed {
		v.list = append(v.list, item)
		return
	}
	var key string
	if json.Unmarshal(item.scalar, &key) != nil || next != ':' {
		r.broken = true
		return
	}
	r.at++
	if item = r.value(); item == nil {
		r.broken = true
		return
	}
	v.keys, v.fields = append(v.keys, key), append(v.fields, item)
}

// str reads a string. It also accepts one that encoding/json refuses: with a line break or a stray
// backslash.
func (r *jsonReader) str() *value {
	start := r.at
	for r.at++; r.at < len(r.text) && r.text[r.at] != '"'; r.at++ {
		if r.text[r.at] == '\\' {
			r.at++
		}
	}
	if r.at >= len(r.text) {
		r.broken = true
		return nil
	}
	r.at++
	literal := r.text[start:r.at]
	if !json.Valid([]byte(literal)) {
		return &value{scalar: quote(strings.Trim(literal, `"`))}
	}
	return &value{scalar: json.RawMessage(literal)}
}

// word reads a number, true, false or null. Other words have no value.
func (r *jsonReader) word() *value {
	start := r.at
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n,]}:", r.text[r.at]) < 0 {
		r.at++
	}
	literal := r.text[start:r.at]
	switch {
	case literal == "":
		return nil
	case json.Valid([]byte(literal)):
		return &value{scalar: json.RawMessage(literal)}
	}
	return &value{}
}

// decoded returns the object or list in the JSON of a string; nil if there is none.
func (v *value) decoded() *value {
	var text string
	if v == nil || json.Unmarshal(v.scalar, &text) != nil {
		return nil
	}
	inside, _ := readJSON(text)
	if inside == nil || !inside.array {
		return nil
	}
	return inside
}

// firstObject is the first JSON object with fields in a text. Samples in other languages have
// braces, too.
func firstObject(text string) *value {
	for at := 0; ; at++ {
		next := strings.IndexByte(text[at:], '{')
		if next < 0 {
			return nil
		}
		at += next
		if v, _ := readJSON(text[at:]); v != nil && len(v.keys) > 0 {
			return v
		}
	}
}
