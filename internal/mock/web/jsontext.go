package web

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/judge"
)

// span is a piece of text with the class that colours it.
type span struct{ Class, Text string }

// deepest is how far nested JSON is indented; what is deeper stays at this depth, so that brackets
// alone cannot fill memory.
const deepest = 24

// spans lays JSON out for reading, and keeps every token as it was sent. What came sealed is
// marked. Text that is no JSON comes as it is.
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

// writer walks through JSON that is valid.
type writer struct {
	text   string
	at     int
	sealed map[string]bool // JSON pointers
	plain  strings.Builder // since the last span
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

// group walks through an object or a list. The recursion ends: encoding/json refuses what is nested
// deeper than 10,000.
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
	if len(pointer) > 512 { // nothing sealed is so deep
		name, pointer = "", pointer[:512]
	}
	w.value(pointer+"/"+name, depth+1)
}

func (w *writer) line(depth int) { w.add("", "\n"+strings.Repeat("  ", min(depth, deepest))) }

// token is a string, a number or a word.
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
