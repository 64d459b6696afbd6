package layout

import (
	"strings"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"
)

// A Comment is a comment of a file, from # to the end of the line. The parser attaches comments to
// nodes and forgets some, so this file reads them from the text.
type Comment struct {
	Line, col int
	Text      string
}

// comments finds the comments of a text. The parsed tree shows where quotes and blocks begin: a #
// inside them is no comment.
func comments(src []byte, doc *yaml.Node) []Comment {
	s := &commentReader{src: string(src), line: 1, col: 1, opaque: map[[2]int]opaque{}}
	s.note(doc, -1)
	for s.pos < len(s.src) {
		s.step()
	}
	return s.found
}

// opaque is a scalar that may contain a # of its own.
type opaque struct {
	style  yaml.Style
	parent int // the indent of the node around it; -1 for the document
}

// A commentReader goes through a text and collects its comments.
type commentReader struct {
	src       string
	pos       int
	line, col int // position of pos, from 1; columns are characters
	opaque    map[[2]int]opaque
	next      *opaque // the scalar after the tag or anchor that was read
	found     []Comment
}

// note collects the opaque scalars of a tree.
func (r *commentReader) note(n *yaml.Node, parent int) {
	const quoted, block = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle,
		yaml.LiteralStyle | yaml.FoldedStyle
	if n.Kind == yaml.ScalarNode && n.Style&(quoted|block) != 0 {
		r.opaque[[2]int{n.Line, n.Column}] = opaque{n.Style, parent}
	}
	if isBlock(n) && n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0 {
		parent = n.Column - 1
		// the node begins at its anchor, on the line above
		if n.Kind == yaml.MappingNode && prefix(n) != "" {
			parent = n.Content[0].Column - 1
		}
	}
	for _, c := range n.Content {
		r.note(c, parent)
	}
}

// step advances by a character, a comment or an opaque scalar.
func (r *commentReader) step() {
	c, begins := r.src[r.pos], false
	if strings.IndexByte(`"'|>!&`, c) >= 0 {
		var own opaque
		if own, begins = r.opaque[[2]int{r.line, r.col}]; begins {
			r.next = &own
		}
	}
	switch {
	case c == '#' && r.blankBefore():
		r.remark()
	case r.next != nil && c == r.next.begin() && (begins || r.blankBefore()):
		r.skip() // a quote within a tag is no scalar
	default:
		r.advance()
	}
}

// begin is the first character of a scalar of this style.
func (o opaque) begin() byte {
	switch {
	case o.style&yaml.DoubleQuotedStyle != 0:
		return '"'
	case o.style&yaml.SingleQuotedStyle != 0:
		return '\''
	case o.style&yaml.LiteralStyle != 0:
		return '|'
	}
	return '>'
}

// breaks are the parser's line ends.
var breaks = []string{"\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"}

// breakAt returns the line end at a position; "" if there is none.
func (r *commentReader) breakAt(pos int) string {
	if c := r.src[pos]; c != '\n' && c != '\r' && c < utf8.RuneSelf { // nearly always
		return ""
	}
	for _, b := range breaks {
		if strings.HasPrefix(r.src[pos:], b) {
			return b
		}
	}
	return ""
}

// advance advances by a character.
func (r *commentReader) advance() {
	if b := r.breakAt(r.pos); b != "" {
		r.pos += len(b)
		r.line, r.col = r.line+1, 1
		return
	}
	_, n := utf8.DecodeRuneInString(r.src[r.pos:])
	if r.pos == 0 && strings.HasPrefix(r.src, "\uFEFF") {
		r.col = 0 // a byte order mark has no width
	}
	r.pos += n
	r.col++
}

func (r *commentReader) blankBefore() bool {
	return r.col == 1 || r.src[r.pos-1] == ' ' || r.src[r.pos-1] == '\t'
}

// remark reads the comment that begins here.
func (r *commentReader) remark() {
	c, start := Comment{Line: r.line, col: r.col}, r.pos
	r.toBreak()
	c.Text = strings.TrimSpace(r.src[start:r.pos])
	r.found = append(r.found, c)
}

// toBreak advances to the end of the line.
func (r *commentReader) toBreak() {
	for r.pos < len(r.src) && r.breakAt(r.pos) == "" {
		r.advance()
	}
}

// skip advances past the opaque scalar that begins here.
func (r *commentReader) skip() {
	o := *r.next
	r.next = nil
	r.advance()
	if o.style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		r.skipBlock(o.parent)
		return
	}
	quote := o.begin()
	for r.pos < len(r.src) {
		c := r.src[r.pos]
		r.advance()
		if c == quote && (quote == '"' || r.pos == len(r.src) || r.src[r.pos] != quote) {
			return
		}
		if r.pos < len(r.src) && (c == quote || c == '\\' && quote == '"') { // '' or an escape
			r.advance()
		}
	}
}

// skipBlock advances past a block of text: its header, which may end with a comment, and the
// indented lines.
func (r *commentReader) skipBlock(parent int) {
	indent := -1
	for r.pos < len(r.src) && r.breakAt(r.pos) == "" && r.src[r.pos] != '#' {
		if c := r.src[r.pos]; c >= '1' && c <= '9' {
			indent = max(parent, 0) + int(c-'0')
		}
		r.advance()
	}
	if r.pos < len(r.src) && r.src[r.pos] == '#' {
		r.remark()
	}
	if r.pos < len(r.src) {
		r.advance()
	}
	for r.pos < len(r.src) {
		spaces := len(r.src[r.pos:]) - len(strings.TrimLeft(r.src[r.pos:], " "))
		empty := r.pos+spaces == len(r.src) || r.breakAt(r.pos+spaces) != ""
		if indent < 0 && !empty {
			indent = max(spaces, parent+1)
		}
		if !empty && spaces < indent {
			return
		}
		r.toBreak()
		if r.pos < len(r.src) {
			r.advance()
		}
	}
}
