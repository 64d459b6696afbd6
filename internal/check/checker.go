package check

import (
	"github.com/wxgen/wxgen/internal/source"
)

// A checker checks files against the dialect.
type checker struct {
	set     source.Set
	faults  *source.Sink
	samples bool       // check examples against their schemas, too
	loose   []fragment // targets of $refs in files that are no OpenAPI documents
}

// fragment is a part of such a file, and the kind that it should be.
type fragment struct {
	source.Node
	of    *part
	label label
}

// label names a thing in messages: "property appid".
type label struct{ kind, name string }

func (l label) String() string { return l.kind + " " + l.name }

// in is the label of a part of l: "items of property list".
func (l label) in(part string) label { return label{part + " of " + l.kind, l.name} }

func (c *checker) fault(v source.Node, l label, what, mend string) {
	c.faults.At(v, l.String()+": "+what, mend)
}
