package source

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// maxDepth bounds the nesting of a file, and so every walk over it.
const maxDepth = 200

// pruner reports YAML features that no description may have, and cuts them off. Later rounds need
// no care then: above all, no alias is ever followed, whatever its size.
type pruner struct {
	f      *File
	faults *Sink
}

func (t *pruner) node(n *yaml.Node, depth int) {
	if n == nil {
		return
	}
	switch n.Kind {
	case yaml.AliasNode:
		t.faults.At(Node{t.f, n}, "YAML alias *"+n.Value, "write a component and $ref to it")
		n.Alias, n.Content = nil, nil
		return
	case yaml.MappingNode:
		t.keys(n)
	case yaml.ScalarNode:
		t.hidden(n)
	}
	if depth == maxDepth && len(n.Content) > 0 {
		t.faults.At(Node{t.f, n}, fmt.Sprintf("nested deeper than %d levels", maxDepth), "")
		n.Content, n.Tag = nil, prunedTag
	}
	for _, c := range n.Content {
		t.node(c, depth+1)
	}
}

// hidden refuses characters that would be invisible in Go's comments and strings.
func (t *pruner) hidden(n *yaml.Node) {
	if i := strings.IndexFunc(n.Value, Hidden); i >= 0 {
		r, _ := utf8.DecodeRuneInString(n.Value[i:])
		t.faults.At(Node{t.f, n}, fmt.Sprintf("the character %U, which nobody sees", r),
			"remove it")
	}
}

func (t *pruner) keys(n *yaml.Node) {
	var seen map[string]*yaml.Node
	if len(n.Content) > 32 {
		seen = make(map[string]*yaml.Node, len(n.Content)/2)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if k.Kind != yaml.ScalarNode {
			t.faults.At(Node{t.f, k}, "a key that is not a string", "")
			k.Tag, k.Content = prunedTag, nil
			continue
		}
		if k.Tag == "!!merge" {
			t.faults.At(Node{t.f, k}, "YAML merge key", "write a component and $ref to it")
			continue
		}
		if first := earlier(n, i, seen); first != nil {
			t.faults.At(Node{t.f, k}, fmt.Sprintf("key %q stands twice, first in line %d", k.Value,
				first.Line), "")
		}
		if seen != nil && seen[k.Value] == nil {
			seen[k.Value] = k
		}
	}
}

// earlier returns an equal key before the i-th. Small mappings, as most are, need no map.
func earlier(n *yaml.Node, i int, seen map[string]*yaml.Node) *yaml.Node {
	if seen != nil {
		return seen[n.Content[i].Value]
	}
	for j := 0; j < i; j += 2 {
		if n.Content[j].Value == n.Content[i].Value {
			return n.Content[j]
		}
	}
	return nil
}
