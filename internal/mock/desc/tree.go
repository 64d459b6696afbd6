package desc

import "strings"

// node is a segment of the tree of paths.
type node struct {
	literal map[string]*node
	param   *node
	methods map[string]*Entry
}

func (n *node) add(e *Entry) {
	for segment := range strings.SplitSeq(e.Path, "/") {
		n = n.child(segment)
	}
	if n.methods == nil {
		n.methods = make(map[string]*Entry)
	}
	n.methods[e.Method] = e
}

func (n *node) child(segment string) *node {
	if strings.HasPrefix(segment, "{") {
		if n.param == nil {
			n.param = new(node)
		}
		return n.param
	}
	if n.literal == nil {
		n.literal = make(map[string]*node)
	}
	if n.literal[segment] == nil {
		n.literal[segment] = new(node)
	}
	return n.literal[segment]
}

// find follows the segments. A literal goes before a parameter.
func (n *node) find(segments []string) *node {
	if len(segments) == 0 {
		if n.methods == nil {
			return nil
		}
		return n
	}
	if next := n.literal[segments[0]]; next != nil {
		if found := next.find(segments[1:]); found != nil {
			return found
		}
	}
	if n.param == nil || segments[0] == "" {
		return nil
	}
	return n.param.find(segments[1:])
}
