package web

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/judge"
)

// span is a piece of text with the class for its colour.
type span struct{ Class, Text string }

// deepest bounds the indent of nested JSON, so that brackets alone cannot fill the memory.
const deepest = 24

// spans indents JSON, and keeps every token unchanged. It marks sealed fields. Text that is not
// JSON stays as it is.
func spans(body []byte, sealed []judge.Sealed) []span {
	if !json.Valid(body) {
		return []span{{"", strings.ToValidUTF8(string(body), "\uFFFD")}}
	}
	w := &writer{text: string(body), sealed: map[string]bool{}}
	for _, s := range sealed {
		w.sealed[strings.TrimPrefix(s.At, "/body")] = true
	}
	w.value("", 0)
	w.flush()
	return w.out
}

// writer walks through valid JSON.
type writer struct {
	text   string
	at     int
	sealed map[string]bool // JSON pointers
	plain  strings.Builder // text since the last span
	out    []span
}

func (w *writer) add(class, text string) {
	if class == "" {
		w.plain.WriteString(text)
		return
	}
	w.flush()
	w.out = append(w.out, span{class, strings.ToValidUTF8(text, "\uFFFD")})
}

func (w *writer) flush() {
	if w.plain.Len() > 0 {
		w.out = append(w.out, span{"", w.plain.String()})
		w.plain.Reset()
	}
}

func (w *writer) peek() byte {
	for strings.IndexByte(" \t\r\n", w.text[w.at]) >= 0 {
		w.at++
	}
	return w.text[w.at]
}

func (w *writer) value(pointer string, depth int) {
	switch w.peek() {
	case '{', '[':
		w.group(pointer, depth)
	case '"':
		class := "str"
		if w.sealed[pointer] {
			class = "sealed"
		}
		w.add(class, w.token())
	default:
		w.add("num", w.token())
	}
}

// group walks through an object or a list. The recursion is bounded: encoding/json refuses a
// nesting deeper than 10,000.
func (w *writer) group(pointer string, depth int) {
	open := w.text[w.at]
	w.at++
	if c := w.peek(); c == '}' || c == ']' {
		w.at++
		w.add("", string(open)+string(c))
		return
	}
	w.add("", string(open))
	for i := 0; ; i++ {
		w.line(depth + 1)
		w.item(pointer, i, open, depth)
		c := w.peek()
		w.at++
		if c != ',' {
			w.line(depth)
			w.add("", string(c))
			return
		}
		w.add("", ",")
	}
}

func (w *writer) item(pointer string, i int, open byte, depth int) {
	name := strconv.Itoa(i)
	if open == '{' {
		w.peek()
		key := w.token()
		w.add("key", key)
		w.peek()
		w.at++ // the colon
		w.add("", ": ")
		if json.Unmarshal([]byte(key), &name) != nil {
			name = key
		}
	}
	if len(pointer) > 512 { // no sealed field is so deep
		name, pointer = "", pointer[:512]
	}
	w.value(pointer+"/"+name, depth+1)
}

func (w *writer) line(depth int) { w.add("", "\n"+strings.Repeat("  ", min(depth, deepest))) }

// token reads a string, a number or a word.
func (w *writer) token() string {
	start := w.at
	if w.text[w.at] != '"' {
		for w.at < len(w.text) && !slices.Contains([]byte(",]} \t\r\n"), w.text[w.at]) {
			w.at++
		}
		return w.text[start:w.at]
	}
	for w.at++; w.text[w.at] != '"'; w.at++ {
		if w.text[w.at] == '\\' {
			w.at++
		}
	}
	w.at++
	return w.text[start:w.at]
}
