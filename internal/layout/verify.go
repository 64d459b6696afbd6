package layout

import (
	"fmt"

	yaml "go.yaml.in/yaml/v4"
)

// verify checks that the printed text keeps the values, the comments, and the order of all that the
// layout does not sort. It compares the comments of the texts, since the parser forgets some.
func verify(before *yaml.Node, comments []Comment, out []byte) error {
	after, left, err := Parse(out)
	if err != nil {
		return fmt.Errorf("bug in wxgen: the layout does not read back: %w", err)
	}
	if at, ok := same(before, after); !ok {
		return faultAt(at.Line, at.Column, "bug in wxgen: the layout would change this value",
			"please report it")
	}
	if lost := Without(comments, left); len(lost) > 0 {
		return faultAt(lost[0].Line, lost[0].col,
			"a comment stands where the layout would lose it: "+lost[0].Text,
			"move it to a line of its own above what it is about")
	}
	return nil
}

// same compares two trees, mappings without regard to order, and returns the first node that
// differs.
func same(a, b *yaml.Node) (*yaml.Node, bool) {
	if a.Kind != b.Kind || a.Anchor != b.Anchor || len(a.Content) != len(b.Content) {
		return a, false
	}
	if a.Kind == yaml.ScalarNode && !sameScalar(a, b) {
		return a, false
	}
	if a.Kind == yaml.AliasNode && a.Value != b.Value {
		return a, false
	}
	if a.Kind != yaml.MappingNode {
		for i := range a.Content {
			if at, ok := same(a.Content[i], b.Content[i]); !ok {
				return at, false
			}
		}
		return nil, true
	}
	return sameMapping(a, b)
}

// sameScalar compares the values of two scalars. An empty value equals the word null.
func sameScalar(a, b *yaml.Node) bool {
	return a.ShortTag() == b.ShortTag() && (a.Value == b.Value || a.ShortTag() == "!!null")
}

// sameMapping compares mappings. Sorting keeps the order of equal keys.
func sameMapping(a, b *yaml.Node) (*yaml.Node, bool) {
	type key struct {
		tag, value string
		nth        int
	}
	spell := func(n *yaml.Node, seen map[key]int) key {
		k := key{tag: n.ShortTag(), value: n.Value}
		if k.tag == "!!null" {
			k.value = ""
		}
		seen[k]++
		return key{k.tag, k.value, seen[k]}
	}
	values, seen := make(map[key]*yaml.Node, len(b.Content)/2), map[key]int{}
	for i := 0; i+1 < len(b.Content); i += 2 {
		values[spell(b.Content[i], seen)] = b.Content[i+1]
	}
	clear(seen)
	for i := 0; i+1 < len(a.Content); i += 2 {
		value := values[spell(a.Content[i], seen)]
		if value == nil {
			return a.Content[i], false
		}
		if at, ok := same(a.Content[i+1], value); !ok {
			return at, false
		}
	}
	return nil, true
}
