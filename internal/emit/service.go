package emit

import (
	"bytes"
	"fmt"
	"path"
	"slices"

	"github.com/dave/jennifer/jen"

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

// qualified is the name of a package, with its space where a package below /v3 may have the same
// name.
func qualified(s *model.Service) string {
	if s.Space == route.Spaces[0] {
		return s.Package
	}
	return s.Space + "/" + s.Package
}

// adopt notes the parent of every link below n.
func (s *service) adopt(n *model.Node) {
	for _, c := range n.Children {
		s.parents[c] = n
		s.adopt(c)
	}
}

// jobs lists the files of the package: the root of the chain, one per segment below it, shared
// types, documentation and examples.
func (s *service) jobs() []job {
	jobs := []job{s.docJob, s.typesJob}
	for _, part := range s.parts() {
		jobs = append(jobs, func() (map[string][]byte, error) { return s.split(part) })
	}
	return append(jobs, s.examplesJob)
}

// docJob renders the documentation of the package.
func (s *service) docJob() (map[string][]byte, error) {
	return goProse(path.Join(s.dir, "doc.go"), "service.tmpl",
		map[string]any{"Header": s.header, "Service": s.Service})
}

// A part of a service is a file: some nodes, and the trees below others.
type part struct {
	stem  string
	heads []*model.Node // printed alone
	trees []*model.Node // printed with all that is below
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

// parts divides a service by the first segment below its root. Which file a node lands in depends
// on its path alone.
func (s *service) parts() []part {
	return divide(s.Package, []*model.Node{s.Root}, s.Root.Children, fileStem)
}

// divide makes a part of the heads and one per child; children whose stems are equal share one.
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

// split renders a part, by the next segment too if it is too long for one file.
func (s *service) split(p part) (map[string][]byte, error) {
	file, err := s.chain(p)
	if err != nil {
		return nil, err
	}
	smaller := p.smaller()
	if bytes.Count(file, []byte("\n")) <= maxLines || len(smaller) < 2 {
		return map[string][]byte{path.Join(s.dir, goFile(p.stem)): file}, nil
	}
	files := make(map[string][]byte)
	for _, q := range smaller {
		more, err := s.split(q)
		if err != nil {
			return nil, err
		}
		if files, err = merge([]map[string][]byte{files, more}, nil); err != nil {
			return nil, err
		}
	}
	return files, nil
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

// chain renders the links and calls of a part, with the types that belong to its operations.
func (s *service) chain(p part) ([]byte, error) {
	f := newFile(s.path, s.Package, s.header)
	for _, n := range p.nodes() {
		s.node(f, n)
		for _, op := range n.Operations {
			if err := s.operation(f, op); err != nil {
				return nil, fmt.Errorf("%s: %s %s: %w", op.Pos, op.Verb, op.Path, err)
			}
		}
	}
	return render(path.Join(s.dir, goFile(p.stem)), f)
}

func (s *service) operation(f *jen.File, op *model.Operation) error {
	if err := s.verb(f, op); err != nil {
		return err
	}
	if op.Request != nil && !s.sharing[op.Request] {
		if err := s.types(f, op.Request); err != nil {
			return err
		}
	}
	if op.Response != nil && !s.sharing[op.Response] {
		return s.types(f, op.Response)
	}
	if t := op.RawResponse.Named(); t != nil && !s.sharing[t] {
		return s.types(f, t)
	}
	return nil
}
