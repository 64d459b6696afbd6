package emit

import (
	"slices"

	"github.com/wxgen/wxgen/internal/model"
)

// A part is a file of a service: some nodes, and whole trees of others.
type part struct {
	stem  string
	heads []*model.Node // printed alone
	trees []*model.Node // printed with all nodes below
}

func (p part) nodes() []*model.Node {
	nodes := slices.Clone(p.heads)
	var walk func(*model.Node)
	walk = func(n *model.Node) {
		nodes = append(nodes, n)
		for _, c := range n.Children {
			walk(c)
		}
	}
	for _, n := range p.trees {
		walk(n)
	}
	return nodes
}

// parts divides a service by the first segment below its root. The file of a node depends on its
// path alone.
func (s *service) parts() []part {
	return divide(s.Package, []*model.Node{s.Root}, s.Root.Children, fileStem)
}

// divide makes one part of the heads and one for each child. Children with equal stems share one.
func divide(stem string, heads, children []*model.Node, name func(string) string) []part {
	parts := []part{{stem: stem, heads: heads}}
	for _, c := range children {
		own := name(c.Segment)
		i := slices.IndexFunc(parts, func(p part) bool { return goFile(p.stem) == goFile(own) })
		if i < 0 {
			parts = append(parts, part{stem: own})
			i = len(parts) - 1
		}
		parts[i].trees = append(parts[i].trees, c)
	}
	return parts
}

func (p part) smaller() []part {
	heads, children := slices.Clone(p.heads), []*model.Node(nil)
	for _, n := range p.trees {
		heads = append(heads, n)
		children = append(children, n.Children...)
	}
	return divide(p.stem, heads, children, func(segment string) string {
		return below(p.stem, fileStem(segment))
	})
}

// calls reports whether a part has operations.
func (p part) calls() bool {
	return slices.ContainsFunc(p.nodes(), func(n *model.Node) bool { return len(n.Operations) > 0 })
}
