package layout

import (
	"fmt"

	yaml "go.yaml.in/yaml/v4"
)

// The nodes that these functions build have no style: the printer decides the layout.

// String builds a text.
func String(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
}

// Bool builds true or false.
func Bool(b bool) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: fmt.Sprint(b)}
}

// Number builds a number from its text in JSON.
func Number(s string) *yaml.Node {
	tag := "!!int"
	for _, r := range s {
		if r == '.' || r == 'e' || r == 'E' {
			tag = "!!float"
		}
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: s}
}

// List builds a list.
func List(items ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: items}
}

// Strings builds a list of texts.
func Strings(items []string) *yaml.Node {
	n := List()
	for _, s := range items {
		n.Content = append(n.Content, String(s))
	}
	return n
}

// Object builds a mapping from keys (strings) and values (nodes, strings or bools) in turn; nil
// values are left out.
func Object(pairs ...any) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for i := 0; i+1 < len(pairs); i += 2 {
		switch v := pairs[i+1].(type) {
		case *yaml.Node:
			if v != nil {
				Put(n, pairs[i].(string), v)
			}
		case string:
			if v != "" {
				Put(n, pairs[i].(string), String(v))
			}
		case bool:
			if v {
				Put(n, pairs[i].(string), Bool(true))
			}
		}
	}
	return n
}

// Put appends a pair to a mapping.
func Put(n *yaml.Node, key string, value *yaml.Node) {
	n.Content = append(n.Content, String(key), value)
}

// Get follows keys from a mapping to a value, through aliases; nil if there is none.
func Get(n *yaml.Node, keys ...string) *yaml.Node {
	for _, key := range keys {
		n = Key(n, key)
	}
	return n
}

// Key returns the value of one key of a mapping, following aliases; nil if there is none.
func Key(n *yaml.Node, key string) *yaml.Node {
	n = Follow(n)
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return Follow(n.Content[i+1])
		}
	}
	return nil
}

// Follow returns the node behind an alias, and any other node itself.
func Follow(n *yaml.Node) *yaml.Node {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// Text returns the value of a scalar, "" for anything else.
func Text(n *yaml.Node) string {
	if n == nil || n.Kind != yaml.ScalarNode {
		return ""
	}
	return n.Value
}

// Texts returns the scalars of a sequence.
func Texts(n *yaml.Node) []string {
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	var out []string
	for _, c := range n.Content {
		out = append(out, Text(Follow(c)))
	}
	return out
}

// Pairs yields the keys and values of a mapping, in order.
func Pairs(n *yaml.Node) func(func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		n := Follow(n)
		if n == nil || n.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !yield(n.Content[i], Follow(n.Content[i+1])) {
				return
			}
		}
	}
}

func isBlock(n *yaml.Node) bool { return n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode }
