package load

import (
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/source"
)

// link is a node in the making.
type link struct {
	*model.Node
	parent  *link
	at      source.Node // the first path that goes through here
	goName  source.Node // x-go-name of the path that ends here
	param   *param
	aliases []source.Node
	calls   []*call
	links   []*link
}

// call is an operation in the making.
type call struct {
	verb  string // "post"
	entry *entry
	key   source.Node // the verb's key
	v     source.Node
	link  *link
	model *model.Operation
	label string          // "operation POST /v3/pay/refunds"
	sends []source.Target // its parameters, those of its path included
}

// param is a path parameter in the making: every operation below its link declares it, and all must
// agree.
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

// tree makes the chain of a service out of its paths.
type tree struct {
	b    *builder
	root *link
	ops  []*call
}
