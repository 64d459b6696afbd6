package load

import (
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/source"
)

// link is an unfinished node.
type link struct {
	*model.Node
	parent  *link
	at      source.Node // the first path through here
	goName  source.Node // x-go-name of the path that ends here
	param   *param
	aliases []source.Node
	calls   []*call
	links   []*link
}

// call is an unfinished operation.
type call struct {
	verb  string // "post"
	entry *entry
	key   source.Node // the verb's key
	v     source.Node
	link  *link
	model *model.Operation
	label string          // "operation POST /v3/pay/refunds"
	sends []source.Target // its parameters, including those of its path
}

// param is an unfinished path parameter. Every operation below its link declares it, and all
// declarations must agree.
type param struct {
	*model.Param
	at source.Node
}

func (l *link) child(segment string, at source.Node) *link {
	for _, c := range l.links {
		if c.Segment == segment {
			return c
		}
	}
	c := &link{Node: &model.Node{Segment: segment, Path: l.Path + "/" + segment}, parent: l, at: at}
	l.links = append(l.links, c)
	return c
}

// tree builds the chain of a service from its paths.
type tree struct {
	b    *builder
	root *link
	ops  []*call
}
