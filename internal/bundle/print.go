package bundle

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// YAML prints a document, with what is short on one line. The nodes are of no use afterwards: the printer takes their tags away.
func YAML(doc *yaml.Node) ([]byte, error) {
	compact(doc)
	return yaml.Dump(doc, yaml.WithIndent(2), yaml.WithLineWidth(-1))
}

// compact marks the objects and lists that fit on a line, and returns how long each would be, or more than fits.
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
	if length > tooLong || len(n.Content) == 0 || n.Kind == yaml.MappingNode && slices.ContainsFunc(n.Content, isFilled) {
		return tooLong
	}
	n.Style = yaml.FlowStyle
	return length
}

// tooLong is the length from which a thing has lines of its own.
const tooLong = 120

// isFilled reports whether a node is an object that holds something: such have a line each within another.
func isFilled(n *yaml.Node) bool { return n.Kind == yaml.MappingNode && len(n.Content) > 0 }

// JSON prints a document, members in their order.
func JSON(doc *yaml.Node) ([]byte, error) {
	var b bytes.Buffer
	printJSON(&b, doc, "\n")
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func printJSON(b *bytes.Buffer, n *yaml.Node, indent string) {
	deeper := indent + " "
	switch n.Kind {
	case yaml.MappingNode:
		b.WriteByte('{')
		for i := 0; i+1 < len(n.Content); i += 2 {
			separate(b, i, deeper)
			b.Write(quoted(n.Content[i].Value))
			b.WriteString(": ")
			printJSON(b, n.Content[i+1], deeper)
		}
		end(b, len(n.Content), indent, '}')
	case yaml.SequenceNode:
		b.WriteByte('[')
		for i, c := range n.Content {
			separate(b, i, deeper)
			printJSON(b, c, deeper)
		}
		end(b, len(n.Content), indent, ']')
	default:
		b.Write(scalar(n))
	}
}

func separate(b *bytes.Buffer, i int, indent string) {
	if i > 0 {
		b.WriteByte(',')
	}
	b.WriteString(indent)
}

func end(b *bytes.Buffer, size int, indent string, bracket byte) {
	if size > 0 {
		b.WriteString(indent)
	}
	b.WriteByte(bracket)
}

// scalar is a scalar in JSON. Numbers that JSON spells otherwise, or has not, become what they mean.
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
