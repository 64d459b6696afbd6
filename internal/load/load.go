package load

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/parallel"
	"github.com/wxgen/wxgen/internal/source"
)

// Dir reads every YAML file below fsys that has an openapi key, and the files that these refer to.
// It returns all faults as one list.
func Dir(fsys fs.FS, opts Options) (*model.API, error) {
	api, _, err := dir(fsys, opts)
	return api, err
}

// DirMerged is Dir and Merged in one reading.
func DirMerged(fsys fs.FS, opts Options) (*model.API, *Whole, error) {
	api, files, err := dir(fsys, opts)
	if api == nil {
		return nil, nil, err
	}
	whole, failed := files.merged()
	return api, whole, cmp.Or(failed, err)
}

// dir also returns the files it read. If a pattern matches nothing, it returns them with the error.
func dir(fsys fs.FS, opts Options) (*model.API, *files, error) {
	found, err := find(fsys, opts)
	if err != nil {
		return nil, nil, err
	}
	faults := new(source.Sink)
	steps := &steps{report: opts.Progress}
	in := newSelection(opts)
	files, err := readAll(fsys, found, opts, in, faults, steps)
	if err != nil {
		return nil, nil, err
	}
	docs := documents(files.set)
	if len(docs) == 0 && len(faults.Faults) == 0 && !opts.Sound {
		return nil, nil, fmt.Errorf("no OpenAPI document in %s; a document is a *.yaml file that "+
			"says openapi: 3.1.0", cmp.Or(opts.Name, "the folder"))
	}
	if err := source.Unread(fsys, opts.Name, faults); err != nil {
		return nil, nil, err
	}
	known := slices.Clone(faults.Faults)
	var api *model.API
	check := func(faults *source.Sink) {
		check.All(files.set, docs, opts.Examples, faults)
		api = build(files.set, docs, in, faults, steps)
	}
	check(faults)
	met := faults
	faults = recheck(files.set, known, faults, check)
	faults.Ask(met, opts.AllowTODO)
	faults.Tell(opts.Warn)
	if all := faults.Sorted(); len(all) > 0 {
		return nil, nil, all
	}
	return api, files, in.unmatched()
}

// documents are the OpenAPI documents, by name. Fragments are not among them.
func documents(set source.Set) (docs []*source.File) {
	for _, f := range sorted(set) {
		if f.Document {
			docs = append(docs, f)
		}
	}
	return docs
}

// build makes the model, one service at a time.
func build(set source.Set, docs []*source.File, in *selection, faults *source.Sink,
	steps *steps) *model.API {
	groups := group(set, docs, in, faults)
	events := collectEvents(docs, in)
	steps.more(len(groups) + 1)
	api := &model.API{Services: make([]*model.Service, len(groups))}
	parallel.Do(len(groups)+1, func(i int) {
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

// samePackage reports services with the same package name.
func samePackage(groups []*serviceGroup, services []*model.Service, faults *source.Sink) {
	first := map[string]int{}
	for i, s := range services {
		folder := s.Space + "/" + s.Package
		if j, ok := first[folder]; ok {
			faults.At(groups[i].entries[0].key,
				fmt.Sprintf("service %s makes the Go package %s, and so does service %s at %s",
					s.Name, s.Package, services[j].Name, groups[j].entries[0].key.Place()),
				"leave one of them out with --include")
		}
		first[folder] = i
	}
}
