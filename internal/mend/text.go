package mend

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// spot is a node of a file with its ancestors.
type spot struct {
	node  *yaml.Node
	above []*yaml.Node // the outermost first
	index int          // index in the content of its parent
}

func (s *spot) parent() *yaml.Node {
	if len(s.above) == 0 {
		return nil
	}
	return s.above[len(s.above)-1]
}

// find returns the innermost node at a place, or nil. A mapping begins at its first key.
func find(root *yaml.Node, line, col int) *spot {
	var found *spot
	var walk func(n *yaml.Node, above []*yaml.Node, index int)
	walk = func(n *yaml.Node, above []*yaml.Node, index int) {
		if n.Line == line && n.Column == col && n.Kind != yaml.DocumentNode {
			found = &spot{n, append([]*yaml.Node(nil), above...), index}
		}
		for i, c := range n.Content {
			walk(c, append(above, n), i)
		}
	}
	walk(root, nil, 0)
	return found
}

// text is a file, by line.
type text struct {
	src   []byte
	lines []int // offsets of the lines
}

func newText(src []byte) *text {
	t := &text{src: src, lines: []int{0}}
	for i, c := range src {
		if c == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	return t
}

// offset is the offset of a node.
func (t *text) offset(n *yaml.Node) int {
	at := t.lines[n.Line-1]
	for range n.Column - 1 {
		_, size := utf8.DecodeRune(t.src[at:])
		at += size
	}
	return at
}

// scalar returns the start and end of a scalar, if its text in the file is its value, with or
// without quotes.
func (t *text) scalar(n *yaml.Node) (start, end int, ok bool) {
	if n.Kind != yaml.ScalarNode {
		return 0, 0, false
	}
	start = t.offset(n)
	for _, mark := range []string{"", `"`, "'"} {
		if written := mark + n.Value + mark; n.Value != "" &&
			bytes.HasPrefix(t.src[start:], []byte(written)) {
			return start, start + len(written), true
		}
	}
	return 0, 0, false
}

// entry returns the edit that removes the entry of a mapping or the item of a list around a spot.
// It refuses entries that are longer than a line, have a comment, or are the only one.
func (t *text) entry(s *spot) (edit, bool) {
	in, first, last, step, dash := s.parent(), s.index, s.index, 1, "-"
	if in.Kind == yaml.MappingNode {
		first, last, step, dash = s.index&^1, s.index|1, 2, ""
	}
	start := t.offset(in.Content[first])
	_, end, ok := t.scalar(in.Content[last])
	if !ok || len(in.Content) <= step {
		return edit{}, false
	}
	if in.Style&yaml.FlowStyle == 0 {
		return t.line(start, end, dash)
	}
	if next := last + 1; next < len(in.Content) {
		return edit{start, t.offset(in.Content[next]), ""}, true
	}
	comma := bytes.LastIndexByte(t.src[:start], ',')
	return edit{comma, end, ""}, comma >= 0 && strings.TrimSpace(string(t.src[comma+1:start])) == ""
}

// line removes the line of an entry, if there is nothing else on it.
func (t *text) line(start, end int, dash string) (edit, bool) {
	from := bytes.LastIndexByte(t.src[:start], '\n') + 1
	to := end + bytes.IndexByte(t.src[end:], '\n') + 1
	if to == end {
		to = len(t.src)
	}
	alone := strings.TrimSpace(string(t.src[from:start])) == dash &&
		strings.TrimSpace(string(t.src[end:to])) == ""
	return edit{from, to, ""}, alone
}
