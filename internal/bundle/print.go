package bundle

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Doc is a document, and where in the description its entries stand.
type Doc struct {
	Root   *yaml.Node
	places map[*yaml.Node]string // value of an entry → "spec/v3/pay.yaml:12:5"
}

// Place is where the value of an entry stands in the description, "" if it stands nowhere.
func (d *Doc) Place(value *yaml.Node) string { return d.places[value] }

// YAML prints a document, with what is short on one line. The nodes are of no use afterwards: the
// printer takes their tags away.
func YAML(doc *yaml.Node) ([]byte, error) {
	compact(doc)
	return yaml.Dump(doc, yaml.WithIndent(2), yaml.WithLineWidth(-1))
}

// compact marks the objects and lists that fit on a line, and returns how long each would be, or
// more than fits.
func compact(n *yaml.Node) int {
	if n.Kind == yaml.ScalarNode {
		if strings.Contains(n.Value, "\n") {
			n.Style = yaml.LiteralStyle
			return tooLong
		}
		return utf8.RuneCountInString(n.Value) + 2
	}
	length := 0
	for _, c := range n.Content {
		length += compact(c) + 2
	}
	if length > tooLong || len(n.Content) == 0 || n.Kind == yaml.MappingNode &&
		slices.ContainsFunc(n.Content, isFilled) {
		return tooLong
	}
	n.Style = yaml.FlowStyle
	return length
}

// tooLong is the length from which a thing has lines of its own.
const tooLong = 120

// isFilled reports whether a node is an object that holds something: such have a line each within
// another.
func isFilled(n *yaml.Node) bool { return n.Kind == yaml.MappingNode && len(n.Content) > 0 }

// JSON prints a document, members in their order.
func JSON(doc *yaml.Node) ([]byte, error) {
	var p printer
	p.value(doc, "\n", "")
	p.WriteByte('\n')
	return p.Bytes(), nil
}

// Lines prints a document as JSON, too, and says of each line where in the description it comes
// from.
func (d *Doc) Lines() (text []byte, places []string) {
	p := printer{places: d.places, lines: []string{""}}
	p.value(d.Root, "\n", "")
	return p.Bytes(), p.lines
}

// printer writes JSON.
type printer struct {
	bytes.Buffer
	places map[*yaml.Node]string
	lines  []string // the place of each; of the last, what it is within
}

// value writes a value that is within a place.
func (p *printer) value(n *yaml.Node, indent, within string) {
	deeper := indent + " "
	switch n.Kind {
	case yaml.MappingNode:
		p.WriteByte('{')
		for i := 0; i+1 < len(n.Content); i += 2 {
			at := p.line(i, deeper, n.Content[i+1], within)
			p.Write(quoted(n.Content[i].Value))
			p.WriteString(": ")
			p.value(n.Content[i+1], deeper, at)
		}
		p.end(len(n.Content), indent, '}', within)
	case yaml.SequenceNode:
		p.WriteByte('[')
		for i, c := range n.Content {
			p.value(c, deeper, p.line(i, deeper, c, within))
		}
		p.end(len(n.Content), indent, ']', within)
	default:
		p.Write(scalar(n))
	}
}

// line begins the line of a value, and returns the value's place: its own, or what it is within.
func (p *printer) line(i int, indent string, n *yaml.Node, within string) string {
	if i > 0 {
		p.WriteByte(',')
	}
	p.WriteString(indent)
	at := cmp.Or(p.places[n], within)
	p.lines = append(p.lines, at)
	return at
}

func (p *printer) end(size int, indent string, bracket byte, within string) {
	if size > 0 {
		p.WriteString(indent)
		p.lines = append(p.lines, within)
	}
	p.WriteByte(bracket)
}

// scalar is a scalar in JSON. Numbers that JSON spells otherwise, or has not, become what they
// mean.
func scalar(n *yaml.Node) []byte {
	switch n.Tag {
	case "!!null":
		return []byte("null")
	case "!!bool", "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return []byte(n.Value)
		}
		var v any
		if err := n.Decode(&v); err == nil {
			if out, err := json.Marshal(v); err == nil {
				return out
			}
		}
	}
	return quoted(n.Value)
}

func quoted(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return []byte(strconv.Quote(s))
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
