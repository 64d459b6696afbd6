package layout

import (
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/width"
)

// yaml.v4 can write nodes, but it wraps lines by its own rules and has one style per node. People
// read the layout all day, so this printer decides: a short value goes on one line, as {…} or […],
// a longer one gets a line per key.

type printer struct {
	strings.Builder
	lines []string // of the source: an empty line between its entries stays
	// the next entry needs an empty line before it; otherwise the parser would give it the comment
	// above
	apart bool
}

// render prints a document. src is its source text.
func render(doc *yaml.Node, src []byte) []byte {
	p := &printer{lines: strings.Split(string(src), "\n")}
	p.below(doc.HeadComment, 0)
	root := doc.Content[0]
	lift(root)
	if !anchored(doc) { // an alias must stay behind its anchor
		sortTree(root, document)
	}
	p.gap(root, 0)
	p.above(root.HeadComment, 0)
	p.mapping(root, document, 0, false)
	p.below(lines(root.LineComment, root.FootComment), 0)
	p.below(lines(doc.LineComment, doc.FootComment), 0)
	return []byte(p.String())
}

// gap prints an empty line before an entry if it needs or had one. Index is the entry's index among
// its siblings.
func (p *printer) gap(n *yaml.Node, index int) {
	above := n.Line - 2 // the line before the node, counted from 0
	if n.HeadComment != "" {
		above -= strings.Count(n.HeadComment, "\n") + 1
	}
	was := index > 0 && above >= 0 && above < len(p.lines) &&
		strings.TrimSpace(p.lines[above]) == ""
	if p.apart || was {
		p.WriteString("\n")
	}
	p.apart = false
}

// below prints a comment that belongs to the entry above.
func (p *printer) below(comment string, indent int) {
	if comment == "" {
		return
	}
	if p.apart {
		p.WriteString("\n")
	}
	p.above(comment, indent)
	p.apart = true
}

func anchored(n *yaml.Node) bool {
	if n.Anchor != "" {
		return true
	}
	for _, c := range n.Content {
		if anchored(c) {
			return true
		}
	}
	return false
}

func (p *printer) indent(n int) { p.WriteString(strings.Repeat(" ", n)) }

// above prints comment lines.
func (p *printer) above(comment string, indent int) {
	if comment == "" {
		return
	}
	for line := range strings.SplitSeq(comment, "\n") {
		if line != "" {
			p.indent(indent)
		}
		p.WriteString(line + "\n")
	}
}

// mapping prints a mapping, a key per line. Inline means that the first key continues the line of a
// list item's dash.
func (p *printer) mapping(n *yaml.Node, k kind, indent int, inline bool) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if !inline || i > 0 {
			p.gap(key, i)
			p.above(key.HeadComment, indent)
			p.indent(indent)
		}
		spelled := prefix(key) + scalar(key, false)
		p.WriteString(spelled + ":")
		p.value(value, k.child(key.Value), indent, indent+width.Of(spelled)+1)
		p.below(value.FootComment, indent)
		p.below(key.FootComment, indent)
	}
}

// value prints the value behind a key or a dash, and ends the line. Column is the current column.
func (p *printer) value(n *yaml.Node, k kind, indent, column int) {
	line := n.LineComment
	if line != "" {
		line = " " + line
	}
	tag := prefix(n)
	switch {
	case n.Kind == yaml.AliasNode:
		p.WriteString(" *" + n.Value + line + "\n")
	case n.Kind == yaml.ScalarNode && multiline(n):
		p.WriteString(" " + tag)
		p.text(n, indent+2, line)
	case n.Kind == yaml.ScalarNode:
		p.WriteString(" " + tag + scalar(n, false) + line + "\n")
	case len(n.Content) == 0 || n.HeadComment == "" && oneLine(n, k, column):
		p.WriteString(" " + tag + flow(n) + line + "\n")
	case n.Kind == yaml.SequenceNode && n.HeadComment == "" && wrappable(n) && !k.tall():
		p.WriteString(" " + tag)
		p.wrap(n, indent+2, column+1+len(tag))
		p.WriteString(line + "\n")
	default:
		p.WriteString(strings.TrimRight(" "+tag, " ") + line + "\n")
		p.block(n, k, indent+2)
	}
}

func (p *printer) block(n *yaml.Node, k kind, indent int) {
	p.above(n.HeadComment, indent)
	if n.Kind == yaml.MappingNode {
		p.mapping(n, k, indent, false)
		return
	}
	for i, item := range n.Content {
		p.gap(item, i)
		p.item(item, k.child("-"), indent)
	}
}

// item prints an item of a list on separate lines.
func (p *printer) item(n *yaml.Node, k kind, indent int) {
	tall := n.Kind == yaml.MappingNode && len(n.Content) > 0 && !oneLine(n, k, indent+1)
	p.above(n.HeadComment, indent)
	if tall && n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 && n.LineComment == "" {
		p.above(n.Content[0].HeadComment, indent)
		p.indent(indent)
		p.WriteString("- ")
		p.mapping(n, k, indent+2, true)
	} else {
		head := n.HeadComment
		n.HeadComment = ""
		p.indent(indent)
		p.WriteString("-")
		p.value(n, k, indent, indent+1)
		n.HeadComment = head
	}
	p.below(n.FootComment, indent)
}

// wrap prints a list of scalars on as many lines as it needs.
func (p *printer) wrap(n *yaml.Node, indent, column int) {
	p.WriteString("[")
	column++
	for i, item := range n.Content {
		s := prefix(item) + scalarOrAlias(item)
		if i+1 < len(n.Content) {
			s += ","
		}
		switch {
		case i > 0 && column+1+width.Of(s) > wrapWidth:
			p.WriteString("\n")
			p.indent(indent)
			column = indent
		case i > 0:
			p.WriteString(" ")
			column++
		}
		p.WriteString(s)
		column += width.Of(s)
	}
	p.WriteString("]")
}

func wrappable(n *yaml.Node) bool {
	for _, c := range n.Content {
		if c.Kind != yaml.ScalarNode && c.Kind != yaml.AliasNode || c.HeadComment+c.LineComment+
			c.FootComment != "" || multiline(c) {
			return false
		}
	}
	return true
}

// text prints a block scalar: folded if it is one folded paragraph, literal otherwise.
func (p *printer) text(n *yaml.Node, indent int, line string) {
	body, chomp := strings.CutSuffix(n.Value, "\n")
	end := "-"
	if chomp {
		end = ""
	}
	if n.Style&yaml.FoldedStyle != 0 && !strings.Contains(body, "\n") &&
		!strings.Contains(body, "  ") {
		p.WriteString(">" + end + line + "\n")
		p.fold(body, indent)
		return
	}
	p.WriteString("|" + end + line + "\n")
	for l := range strings.SplitSeq(body, "\n") {
		if l != "" {
			p.indent(indent)
		}
		p.WriteString(l + "\n")
	}
}

// fold breaks a paragraph at blanks.
func (p *printer) fold(s string, indent int) {
	p.indent(indent)
	column := indent
	for i, w := range strings.Split(s, " ") {
		switch {
		case i > 0 && column+1+width.Of(w) > wrapWidth:
			p.WriteString("\n")
			p.indent(indent)
			column = indent
		case i > 0:
			p.WriteString(" ")
			column++
		}
		p.WriteString(w)
		column += width.Of(w)
	}
	p.WriteString("\n")
}
