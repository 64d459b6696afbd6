package layer

import (
	"slices"

	"github.com/theory/jsonpath"
	"github.com/theory/jsonpath/spec"
	"go.yaml.in/yaml/v4"
)

// locate returns the paths that a query selects, in the order of the document.
func locate(root *yaml.Node, query *jsonpath.Path) []spec.NormalizedPath {
	found := query.SelectLocated(plain(root)).Deduplicate()
	found.Sort()
	return slices.Collect(found.Paths())
}

// plain converts a document for JSONPath.
func plain(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for key, v := range entries(n) {
			m[key.Value] = plain(v)
		}
		return m
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, v := range n.Content {
			list[i] = plain(v)
		}
		return list
	}
	var v any
	if n.Tag == "!!timestamp" || n.Load(&v) != nil {
		return n.Value
	}
	if i, ok := v.(int); ok {
		return int64(i)
	}
	return v
}

// resolve finds the mapping or list around the node at a path, and the index in its Content; nil
// for the root.
func resolve(root *yaml.Node, p spec.NormalizedPath) (parent *yaml.Node, i int) {
	n := root
	for _, part := range p {
		parent = n
		switch part := part.(type) {
		case spec.Name:
			i = find(n, string(part)) + 1
		case spec.Index:
			i = int(part)
		}
		n = n.Content[i]
	}
	return parent, i
}

func at(root *yaml.Node, p spec.NormalizedPath) *yaml.Node {
	parent, i := resolve(root, p)
	if parent == nil {
		return root
	}
	return parent.Content[i]
}

// clone copies a node and all below it. A fault needs a node with one place only.
func clone(n *yaml.Node) *yaml.Node {
	c := *n
	c.Content = make([]*yaml.Node, len(n.Content))
	for i, v := range n.Content {
		c.Content[i] = clone(v)
	}
	return &c
}
