package model

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
)

// Spelling is an operation with one of the names of each path parameter.
type Spelling struct {
	*Operation
	Path  string
	Chain string // from the client's root
	Alias bool   // it has the second name of a parameter
}

var argument = regexp.MustCompile(`\(\w+\)`)

// Outline is the chain without the names of its arguments.
func (s Spelling) Outline() string { return argument.ReplaceAllString(s.Chain, "(…)") }

// Spellings lists the operations of the service in all spellings: an operation below a parameter
// with two names has two.
func (s *Service) Spellings() []Spelling {
	var all []Spelling
	var walk func(n *Node, ways []Spelling)
	walk = func(n *Node, ways []Spelling) {
		for _, o := range n.Operations {
			for _, w := range ways {
				slash := o.Path[len(strings.TrimSuffix(o.Path, "/")):]
				all = append(all, Spelling{o, w.Path + slash, w.Chain + "." + o.Method, w.Alias})
			}
		}
		for _, child := range n.Children {
			walk(child, extend(ways, child))
		}
	}
	walk(s.Root,
		[]Spelling{{Path: s.Root.Path, Chain: route.Method(s.Space) + "()." + s.Method + "()"}})
	return all
}

// extend appends a node to each spelling. A parameter with two names doubles their number.
func extend(ways []Spelling, n *Node) []Spelling {
	var longer []Spelling
	for _, w := range ways {
		if n.Param == nil {
			longer = append(longer,
				Spelling{nil, w.Path + "/" + n.Segment, w.Chain + "." + n.Method + "()", w.Alias})
			continue
		}
		for i, p := range append([]*Param{n.Param}, n.Aliases...) {
			longer = append(longer, Spelling{nil, w.Path + "/{" + p.Wire + "}",
				w.Chain + "." + p.Method + "(" + p.Go + ")", w.Alias || i > 0})
		}
	}
	return longer
}
