package check

import (
	"github.com/wxgen/wxgen/internal/source"
)

// A checker holds a file against the dialect.
type checker struct {
	set     source.Set
	faults  *source.Sink
	samples bool       // hold examples against their schemas, too
	loose   []fragment // what $refs point at in files that are no OpenAPI documents
}

// fragment is a part of such a file, and what it should be.
type fragment struct {
	source.Node
	of    *part
	label label
}

// label is what messages call a thing: "property appid".
type label struct{ kind, name string }

func (l label) String() string { return l.kind + " " + l.name }

// in is the label of something that is part of l: "items of property list".
func (l label) in(part string) label { return label{part + " of " + l.kind, l.name} }

func (c *checker) fault(v source.Node, l label, what, mend string) {
	c.faults.At(v, l.String()+": "+what, mend)
}
