package emit

import (
	"bytes"
	"fmt"
	"path"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
)

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

// split renders a part. It splits a part that is too long for one file by the next segment.
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

// chain renders the links and calls of a part, with the types of its operations.
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
