package layout

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"
)

// A remark is a comment as it stands in a file, from # to the end of the line. The parser hangs
// comments on nodes and forgets some of them, so what a file holds is read off the text itself.
type Comment struct {
	Line, col int
	Text      string
}

func (r Comment) place() string { return fmt.Sprintf("%d:%d", r.Line, r.col) }

// comments finds the comments of a text. The tree is what the text parses to: it tells where quotes
// and blocks begin, in which # is no comment.
func comments(src []byte, doc *yaml.Node) []Comment {
	s := &scan{src: string(src), line: 1, col: 1, opaque: map[[2]int]opaque{}}
	s.note(doc, -1)
	for s.pos < len(s.src) {
		s.step()
	}
	return s.found
}

// opaque is a scalar that may hold a # of its own.
type opaque struct {
	style  yaml.Style
	parent int // how far what it stands in is indented, -1 for the document
}

type scan struct {
	src       string
	pos       int
	line, col int // of pos, from 1; columns are characters
	opaque    map[[2]int]opaque
	next      *opaque // it has begun with its tag or anchor
	found     []Comment
}

// note collects the opaque scalars of a tree.
func (s *scan) note(n *yaml.Node, parent int) {
	const quoted, block = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle,
		yaml.LiteralStyle | yaml.FoldedStyle
	if n.Kind == yaml.ScalarNode && n.Style&(quoted|block) != 0 {
		s.opaque[[2]int{n.Line, n.Column}] = opaque{n.Style, parent}
	}
	if isBlock(n) && n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0 {
		parent = n.Column - 1
		// the node begins with its anchor, on the line above
		if n.Kind == yaml.MappingNode && prefix(n) != "" {
			parent = n.Content[0].Column - 1
		}
	}
	for _, c := range n.Content {
		s.note(c, parent)
	}
}

// step moves on by a character, a comment or an opaque scalar.
func (s *scan) step() {
	c, begins := s.src[s.pos], false
	if strings.IndexByte(`"'|>!&`, c) >= 0 {
		var own opaque
		if own, begins = s.opaque[[2]int{s.line, s.col}]; begins {
			s.next = &own
		}
	}
	switch {
	case c == '#' && s.blankBefore():
		s.remark()
	case s.next != nil && c == s.next.begin() && (begins || s.blankBefore()):
		s.skip() // a quote within a tag begins nothing
	default:
		s.advance()
	}
}

// begin is the character that a scalar of this style begins with.
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

// breaks are the ends of lines, as the parser knows them.
var breaks = []string{"\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"}

// breakAt returns the end of the line that stands at a place, "" if none does.
func (s *scan) breakAt(pos int) string {
	if c := s.src[pos]; c != '\n' && c != '\r' && c < utf8.RuneSelf { // nearly always
		return ""
	}
	for _, b := range breaks {
		if strings.HasPrefix(s.src[pos:], b) {
			return b
		}
	}
	return ""
}

// advance moves on by a character.
func (s *scan) advance() {
	if b := s.breakAt(s.pos); b != "" {
		s.pos += len(b)
		s.line, s.col = s.line+1, 1
		return
	}
	_, n := utf8.DecodeRuneInString(s.src[s.pos:])
	if s.pos == 0 && strings.HasPrefix(s.src, "\uFEFF") {
		s.col = 0 // a byte order mark has no width
	}
	s.pos += n
	s.col++
}

func (s *scan) blankBefore() bool {
	return s.col == 1 || s.src[s.pos-1] == ' ' || s.src[s.pos-1] == '\t'
}

// remark takes the comment that begins here.
func (s *scan) remark() {
	r, start := Comment{Line: s.line, col: s.col}, s.pos
	s.toBreak()
	r.Text = strings.TrimSpace(s.src[start:s.pos])
	s.found = append(s.found, r)
}

// toBreak moves on to the end of the line.
func (s *scan) toBreak() {
	for s.pos < len(s.src) && s.breakAt(s.pos) == "" {
		s.advance()
	}
}

// skip moves behind the opaque scalar that begins here.
func (s *scan) skip() {
	o := *s.next
	s.next = nil
	s.advance()
	if o.style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		s.skipBlock(o.parent)
		return
	}
	quote := o.begin()
	for s.pos < len(s.src) {
		c := s.src[s.pos]
		s.advance()
		if c == quote && (quote == '"' || s.pos == len(s.src) || s.src[s.pos] != quote) {
			return
		}
		if s.pos < len(s.src) && (c == quote || c == '\\' && quote == '"') { // '' or an escape
			s.advance()
		}
	}
}

// skipBlock moves behind a block of text: its header, which may end with a comment, and the lines
// that are indented.
func (s *scan) skipBlock(parent int) {
	indent := -1
	for s.pos < len(s.src) && s.breakAt(s.pos) == "" && s.src[s.pos] != '#' {
		if c := s.src[s.pos]; c >= '1' && c <= '9' {
			indent = max(parent, 0) + int(c-'0')
		}
		s.advance()
	}
	if s.pos < len(s.src) && s.src[s.pos] == '#' {
		s.remark()
	}
	if s.pos < len(s.src) {
		s.advance()
	}
	for s.pos < len(s.src) {
		spaces := len(s.src[s.pos:]) - len(strings.TrimLeft(s.src[s.pos:], " "))
		empty := s.pos+spaces == len(s.src) || s.breakAt(s.pos+spaces) != ""
		if indent < 0 && !empty {
			indent = max(spaces, parent+1)
		}
		if !empty && spaces < indent {
			return
		}
		s.toBreak()
		if s.pos < len(s.src) {
			s.advance()
		}
	}
}

// Without returns those of the comments that are not among others.
func Without(all, others []Comment) (rest []Comment) {
	left := make(map[string]int, len(others))
	for _, r := range others {
		left[r.Text]++
	}
	for _, r := range all {
		if left[r.Text]--; left[r.Text] < 0 {
			rest = append(rest, r)
		}
	}
	return rest
}

// Attached lists the comments on the nodes of a tree, line by line.
func Attached(n *yaml.Node, into []Comment) []Comment {
	for _, c := range []string{n.HeadComment, n.LineComment, n.FootComment} {
		for line := range strings.SplitSeq(c, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				into = append(into, Comment{n.Line, n.Column, line})
			}
		}
	}
	for _, c := range n.Content {
		into = Attached(c, into)
	}
	return into
}

// rescue hangs the comments that the parser forgot on the entry that they stand in: they go above
// it.
func rescue(doc *yaml.Node, all []Comment) {
	forgotten := Without(all, Attached(doc, nil))
	if len(forgotten) == 0 {
		return
	}
	entries := entriesOf(doc.Content[0], nil)
	above := map[*yaml.Node][]string{}
	for _, r := range forgotten {
		after := sort.Search(len(entries), func(i int) bool {
			return entries[i].Line > r.Line || entries[i].Line == r.Line &&
				entries[i].Column > r.col
		})
		holder := entries[max(after-1, 0)]
		above[holder] = append(above[holder], r.Text)
	}
	for holder, comments := range above {
		holder.HeadComment = lines(append([]string{holder.HeadComment}, comments...)...)
	}
}

// entriesOf lists the keys of mappings and the items of lists.
func entriesOf(n *yaml.Node, into []*yaml.Node) []*yaml.Node {
	for i, c := range n.Content {
		if n.Kind == yaml.SequenceNode || i%2 == 0 {
			into = append(into, c)
		}
		into = entriesOf(c, into)
	}
	return into
}

// lift leaves at most one comment behind what stands on a line, and puts what else is there above
// it.
func lift(n *yaml.Node) {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		above := key.LineComment
		if !isBlock(value) || len(value.Content) == 0 || value.Style&yaml.FlowStyle != 0 {
			above = lines(above, value.HeadComment)
			value.HeadComment = ""
		}
		key.LineComment = ""
		if value.LineComment == "" && !strings.Contains(above, "\n") {
			value.LineComment = above
		} else {
			key.HeadComment = lines(key.HeadComment, above)
		}
	}
	for _, c := range n.Content {
		lift(c)
	}
}

// lines joins comments that are there.
func lines(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(c string) bool { return c == "" }), "\n")
}
