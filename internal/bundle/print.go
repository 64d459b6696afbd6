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

// Doc is a document with the places of its entries in the description.
type Doc struct {
	Root   *yaml.Node
	places map[*yaml.Node]string // value of an entry → "spec/v3/pay.yaml:12:5"
}

// Place is the place of an entry's value in the description; "" if it has none.
func (d *Doc) Place(value *yaml.Node) string { return d.places[value] }

// YAML prints a document, with short values on one line. It removes the tags of the nodes, which
// are of no use afterwards.
func YAML(doc *yaml.Node) ([]byte, error) {
	compact(doc)
	return yaml.Dump(doc, yaml.WithIndent(2), yaml.WithLineWidth(-1))
}

// compact marks the objects and lists that fit on a line. It returns the length of n, or tooLong.
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

// tooLong is the length above which a value takes several lines.
const tooLong = 120

// isFilled reports whether a node is an object with members. Such objects take a line each.
func isFilled(n *yaml.Node) bool { return n.Kind == yaml.MappingNode && len(n.Content) > 0 }

// JSON prints a document. Members keep their order.
func JSON(doc *yaml.Node) ([]byte, error) {
	var p printer
	p.value(doc, "\n", "")
	p.WriteByte('\n')
	return p.Bytes(), nil
}

// Lines prints a document as JSON, with the place in the description of each line.
func (d *Doc) Lines() (text []byte, places []string) {
	p := printer{places: d.places, lines: []string{""}}
	p.value(d.Root, "\n", "")
	return p.Bytes(), p.lines
}

// printer writes JSON.
type printer struct {
	bytes.Buffer
	places map[*yaml.Node]string
	lines  []string // the place of each line; for the last, that of the value around it
}

// value writes a value. Within is the place of the value around it.
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

// line begins the line of a value. It returns the value's place, or that of the value around it.
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

// scalar writes a scalar in JSON. It converts numbers that JSON spells otherwise or cannot write.
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
