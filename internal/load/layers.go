package load

import (
	"go.yaml.in/yaml/v4"

	"maps"
	"slices"

	"github.com/wxgen/wxgen/internal/layer"
	"github.com/wxgen/wxgen/internal/source"
)

// stack is a description to which layers are added.
type stack struct {
	faults *source.Sink
	set    source.Set
	files  map[*layer.Doc]*source.File
	layers *layer.Stack
}

// stackLayers lays the files of the layers over a set of files, which then holds the result.
func stackLayers(set source.Set, layers [][]*source.File, faults *source.Sink) *layer.Stack {
	s := &stack{faults: faults, set: set, files: map[*layer.Doc]*source.File{}}
	docs, overlays := s.docs(sorted(set))
	s.layers = layer.New(docs)
	s.apply(overlays)
	for _, files := range layers {
		docs, overlays := s.docs(files)
		s.report(s.layers.Lay(docs))
		for _, d := range docs {
			if s.layers.Docs[d.Name] == d {
				set[d.Name] = s.files[d]
			}
		}
		s.apply(overlays)
	}
	origins := map[*yaml.Node]*source.File{}
	for n, d := range s.layers.Origins() {
		origins[n] = s.file(d)
	}
	set.Graft(origins)
	return s.layers
}

// docs sorts the files of a layer into documents and overlays. It skips files that do not parse,
// which are reported already.
func (s *stack) docs(files []*source.File) (docs, overlays []*layer.Doc) {
	for _, f := range files {
		if !f.Root.IsMap() {
			continue
		}
		d := &layer.Doc{Name: f.Name, Shown: f.Shown, Root: f.Root.YAML}
		s.files[d] = f
		if layer.IsOverlay(d.Root) {
			overlays = append(overlays, d)
		} else {
			docs = append(docs, d)
		}
	}
	return docs, overlays
}

func (s *stack) apply(overlays []*layer.Doc) {
	for _, o := range overlays {
		s.report(s.layers.Apply(o))
	}
}

// file is the file of a document, or of an overlay applied to a document.
func (s *stack) file(d *layer.Doc) *source.File {
	f := s.files[d]
	if f == nil {
		f = &source.File{Name: d.Name, Shown: d.Shown, Document: true}
		f.Root = source.Node{File: f, YAML: d.Root}
		s.files[d] = f
	}
	return f
}

func (s *stack) report(faults []layer.Fault) {
	for _, f := range faults {
		s.faults.At(source.Node{File: s.file(f.Doc), YAML: f.Node}, f.What, f.Mend)
	}
}

func sorted(set source.Set) []*source.File {
	files := make([]*source.File, 0, len(set))
	for _, name := range slices.Sorted(maps.Keys(set)) {
		files = append(files, set[name])
	}
	return files
}
