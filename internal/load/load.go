package load

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/source"
)

// Dir reads every YAML file below fsys that has an openapi key, and what these refer to. Everything wrong with them comes
// back as one Faults.
func Dir(fsys fs.FS, opts Options) (*model.API, error) {
	found, err := source.Find(fsys)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", cmp.Or(opts.Name, "the description"), err)
	}
	faults := new(sink)
	steps := &steps{report: opts.Progress, total: len(found)}
	set, docs, err := readAllFiles(fsys, found, opts.Name, faults, steps)
	if err != nil {
		return nil, err
	}
	if len(docs) == 0 && len(faults.faults) == 0 {
		return nil, fmt.Errorf("no OpenAPI document in %s; a document is a *.yaml file that says openapi: 3.1.0", cmp.Or(opts.Name, "the folder"))
	}
	if err := unread(fsys, opts.Name, faults); err != nil {
		return nil, err
	}
	known := slices.Clone(faults.faults)
	in := newInclude(opts.Include)
	var api *model.API
	check := func(faults *sink) {
		checkAll(set, docs, opts.Examples, faults)
		api = build(set, docs, in, faults, steps)
	}
	check(faults)
	faults = anew(set, known, faults, check)
	faults.tell(opts.Warn)
	if all := faults.sorted(); len(all) > 0 {
		return nil, all
	}
	return api, in.unmatched()
}

func readAllFiles(fsys fs.FS, found []string, prefix string, faults *sink, steps *steps) (sources, []*file, error) {
	files := make([]*file, len(found))
	parallel(len(found), func(i int) {
		files[i] = read(fsys, found[i], prefix, faults)
		steps.done()
	})
	set, docs := make(sources, len(files)), []*file(nil)
	for _, f := range files {
		if f.unread != nil {
			return nil, nil, fmt.Errorf("cannot read %s: %w; make it readable, or move it out of the description", f.shown, f.unread)
		}
		set[f.name] = f
		if f.doc {
			docs = append(docs, f)
		}
	}
	return set, docs, nil
}

// build makes the model, a service at a time.
func build(set sources, docs []*file, in *include, faults *sink, steps *steps) *model.API {
	groups := group(set, docs, in, faults)
	events := collectEvents(docs, in)
	steps.more(len(groups) + 1)
	api := &model.API{Services: make([]*model.Service, len(groups))}
	parallel(len(groups)+1, func(i int) {
		if i < len(groups) {
			api.Services[i] = newBuilder(set, faults).service(groups[i])
		} else if len(events) > 0 {
			api.Webhooks = newBuilder(set, faults).webhooks(events)
		}
		steps.done()
	})
	samePackage(groups, api.Services, faults)
	return api
}

// samePackage reports services whose packages have one name.
func samePackage(groups []*serviceGroup, services []*model.Service, faults *sink) {
	first := map[string]int{}
	for i, s := range services {
		folder := s.Space + "/" + s.Package
		if j, ok := first[folder]; ok {
			faults.at(groups[i].entries[0].key, fmt.Sprintf("service %s makes the Go package %s, and so does service %s at %s",
				s.Name, s.Package, services[j].Name, groups[j].entries[0].key.place()), "leave one of them out with --include")
		}
		first[folder] = i
	}
}

// steps reports progress.
type steps struct {
	mu        sync.Mutex
	report    func(done, total int)
	at, total int
}

func (s *steps) done() {
	if s.report == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at++
	s.report(s.at, s.total)
}

func (s *steps) more(n int) { s.total += n }
