package emit

import (
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/route"
)

// A service prints one service's package.
type service struct {
	*pkg
	*model.Service
	parents map[*model.Node]*model.Node
}

func newService(s *model.Service, cfg Config) *service {
	dir := s.Space + "/" + s.Package
	p := newPkg(s.Package, cfg.Import+"/"+dir, dir, header(s.Sources), s.Types)
	p.calls = qualified(s)
	for _, op := range s.Operations() {
		p.learn(op)
	}
	out := &service{p, s, make(map[*model.Node]*model.Node)}
	out.adopt(s.Root)
	return out
}

// qualified is the name of a package. It has the prefix of its space if a package below /v3 may
// have the same name.
func qualified(s *model.Service) string {
	if s.Space == route.Spaces[0] {
		return s.Package
	}
	return s.Space + "/" + s.Package
}

// adopt records the parent of every link below n.
func (s *service) adopt(n *model.Node) {
	for _, c := range n.Children {
		s.parents[c] = n
		s.adopt(c)
	}
}

// parent returns the type of the link above n.
func (s *service) parent(n *model.Node) string { return s.parents[n].Type }
