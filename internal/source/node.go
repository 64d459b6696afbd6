package source

import (
	"fmt"
	"iter"

	"go.yaml.in/yaml/v4"
)

// Node is a node of a file of the description. Its methods accept a missing node, too, so that
// readers need not repeat the tests of package check.
type Node struct {
	File *File
	YAML *yaml.Node // nil if the node is missing
}

// A position is a position in a file, counted from 1; zero is none.
type position struct{ Line, Col int }

// OK reports whether the node is there.
func (v Node) OK() bool { return v.YAML != nil }

// Pos is the start of the node.
func (v Node) Pos() position {
	if v.YAML == nil {
		return position{}
	}
	return position{v.YAML.Line, v.YAML.Column}
}

// Place returns "spec/v3/pay.yaml:12:5", for use within a message.
func (v Node) Place() string {
	return fmt.Sprintf("%s:%d:%d", v.File.Shown, v.Pos().Line, v.Pos().Col)
}

// Local is Place without the prefix, for the model.
func (v Node) Local() string {
	return fmt.Sprintf("%s:%d:%d", v.File.Name, v.Pos().Line, v.Pos().Col)
}

func (v Node) IsMap() bool { return v.YAML != nil && v.YAML.Kind == yaml.MappingNode }

func (v Node) IsList() bool { return v.YAML != nil && v.YAML.Kind == yaml.SequenceNode }

func (v Node) IsScalar() bool { return v.YAML != nil && v.YAML.Kind == yaml.ScalarNode }

func (v Node) IsString() bool {
	return v.IsScalar() && (v.YAML.Tag == "!!str" || v.YAML.Tag == "!!timestamp")
}

// prunedTag marks keys and values that the pruner has reported.
const prunedTag = "!cut"

// Pruned reports whether the pruner has reported and cut off v.
func (v Node) Pruned() bool {
	return v.YAML != nil && (v.YAML.Kind == yaml.AliasNode || v.YAML.Tag == "!!merge" ||
		v.YAML.Tag == prunedTag)
}

// child is the i-th node below v. It may come from another file.
func (v Node) child(i int) Node {
	n := v.YAML.Content[i]
	if f := v.File.origins[n]; f != nil {
		return Node{f, n}
	}
	return Node{v.File, n}
}

// Entry returns a mapping's key and value, both missing if it has no such key.
func (v Node) Entry(key string) (Node, Node) {
	if v.IsMap() {
		for i := 0; i+1 < len(v.YAML.Content); i += 2 {
			if v.YAML.Content[i].Value == key {
				return v.child(i), v.child(i + 1)
			}
		}
	}
	return Node{File: v.File}, Node{File: v.File}
}

// Get returns a mapping's value at a key, missing if it has no such key.
func (v Node) Get(key string) Node {
	_, value := v.Entry(key)
	return value
}

// Key returns the key itself, as a node.
func (v Node) Key(key string) Node {
	k, _ := v.Entry(key)
	return k
}

// Has reports whether a mapping has a key.
func (v Node) Has(key string) bool { return v.Get(key).OK() }

// Text returns the value of a scalar, "" for anything else.
func (v Node) Text() string {
	if !v.IsScalar() {
		return ""
	}
	return v.YAML.Value
}

// Is reports whether the boolean at key is true.
func (v Node) Is(key string) bool { return v.Get(key).Text() == "true" }

// Entries yields the entries of a mapping in the order of the file.
func (v Node) Entries() iter.Seq2[Node, Node] {
	return func(yield func(Node, Node) bool) {
		if !v.IsMap() {
			return
		}
		for i := 0; i+1 < len(v.YAML.Content); i += 2 {
			if !yield(v.child(i), v.child(i+1)) {
				return
			}
		}
	}
}

// Children yields the nodes below v in order: keys and values of a mapping alternate.
func (v Node) Children() iter.Seq2[int, Node] {
	return func(yield func(int, Node) bool) {
		for i := range v.YAML.Content {
			if !yield(i, v.child(i)) {
				return
			}
		}
	}
}

// Size is the number of entries of a mapping or list.
func (v Node) Size() int {
	switch {
	case v.IsMap():
		return len(v.YAML.Content) / 2
	case v.IsList():
		return len(v.YAML.Content)
	}
	return 0
}

// Items yields the items of a list.
func (v Node) Items() iter.Seq2[int, Node] {
	return func(yield func(int, Node) bool) {
		if !v.IsList() {
			return
		}
		for i := range v.YAML.Content {
			if !yield(i, v.child(i)) {
				return
			}
		}
	}
}

// Texts returns the scalars of a list.
func (v Node) Texts() []string {
	var list []string
	for _, item := range v.Items() {
		list = append(list, item.Text())
	}
	return list
}
