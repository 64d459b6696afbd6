package layout

import (
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/width"
)

// Widths in display columns: of values on one line, less for those that are harder to read, and of
// wrapped lists.
const (
	plainWidth   = 170 // a mapping
	listWidth    = 140 // a mapping with a list in it
	exampleWidth = 110
	wrapWidth    = 120
)

// oneLine reports whether a collection may stand on one line and fits there.
func oneLine(n *yaml.Node, k kind, column int) bool {
	if most := plainWidth; !small(n, k, &most) {
		return false
	}
	limit := plainWidth
	switch {
	case k == free || k == example:
		limit = exampleWidth
	case n.Kind == yaml.SequenceNode:
		limit = wrapWidth
	case hasList(n):
		limit = listWidth
	}
	return column+1+width.Of(prefix(n)+flow(n)) <= limit
}

// small reports whether a node may stand on one line. Comments, tall kinds, text over several
// lines, and more nodes than a line has columns forbid it.
func small(n *yaml.Node, k kind, most *int) bool {
	if *most--; *most < 0 {
		return false
	}
	if len(n.Content) == 0 {
		return n.Kind != yaml.ScalarNode || !multiline(n)
	}
	if k.tall() || k == free && n.Kind == yaml.MappingNode && nested(n) {
		return false
	}
	for i, c := range n.Content {
		if c.HeadComment+c.FootComment != "" || c.LineComment != "" {
			return false
		}
		below := k.child("-")
		if n.Kind == yaml.MappingNode {
			if i%2 == 0 {
				continue
			}
			below = k.child(n.Content[i-1].Value)
		}
		if !small(c, below, most) {
			return false
		}
	}
	return true
}

// nested reports whether a mapping holds collections.
func nested(n *yaml.Node) bool {
	for _, c := range n.Content {
		if len(c.Content) > 0 {
			return true
		}
	}
	return false
}

func hasList(n *yaml.Node) bool {
	if n.Kind == yaml.SequenceNode {
		return true
	}
	for _, c := range n.Content {
		if hasList(c) {
			return true
		}
	}
	return false
}

// flow prints a collection on one line.
func flow(n *yaml.Node) string {
	var b strings.Builder
	switch n.Kind {
	case yaml.MappingNode:
		b.WriteByte('{')
		for i := 0; i+1 < len(n.Content); i += 2 {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(prefix(n.Content[i]) + scalar(n.Content[i], true) + ": " +
				prefix(n.Content[i+1]) + flow(n.Content[i+1]))
		}
		b.WriteByte('}')
	case yaml.SequenceNode:
		b.WriteByte('[')
		for i, c := range n.Content {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(prefix(c) + flow(c))
		}
		b.WriteByte(']')
	default:
		return scalarOrAlias(n)
	}
	return b.String()
}
