package load

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"

	"github.com/wxgen/wxgen/internal/layer"
	"github.com/wxgen/wxgen/internal/parallel"
	"github.com/wxgen/wxgen/internal/source"
)

// files are those of a description. The layers are nil if there are none.
type files struct {
	set    source.Set
	layers *layer.Stack
}

func find(fsys fs.FS, opts Options) ([]string, error) {
	found, err := source.Find(fsys)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", cmp.Or(opts.Name, "the description"), err)
	}
	return found, nil
}

// readAll reads the given files and the layers over them. Of a sound description it reads the files
// that the selection needs.
func readAll(fsys fs.FS, found []string, opts Options, in *selection, faults *source.Sink,
	steps *steps) (*files, error) {
	layers, err := readLayers(opts.Layers, faults, steps)
	if err != nil {
		return nil, err
	}
	if opts.Layered {
		in.addLayers(slices.Concat(layers...))
	}
	if opts.Sound {
		found = needed(fsys, found, layers, in)
	}
	steps.more(len(found))
	read, err := readFiles(fsys, found, opts.Name, faults, steps)
	if err != nil {
		return nil, err
	}
	set := make(source.Set, len(read))
	overlays := false
	for _, f := range read {
		set[f.Name] = f
		overlays = overlays || f.Root.Has("overlay")
	}
	if !overlays && len(layers) == 0 {
		return &files{set, nil}, nil
	}
	return &files{set, stackLayers(set, layers, faults)}, nil
}

func readLayers(layers []Layer, faults *source.Sink, steps *steps) ([][]*source.File, error) {
	read := make([][]*source.File, len(layers))
	for i, l := range layers {
		names, err := l.names()
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", l.Name, err)
		}
		steps.more(len(names))
		if read[i], err = readFiles(l.Files, names, l.Name, faults, steps); err != nil {
			return nil, err
		}
		if l.File == "" {
			if err := source.Unread(l.Files, l.Name, faults); err != nil {
				return nil, err
			}
		}
	}
	return read, nil
}

func readFiles(fsys fs.FS, names []string, prefix string, faults *source.Sink,
	steps *steps) ([]*source.File, error) {
	files := make([]*source.File, len(names))
	parallel.Do(len(names), func(i int) {
		files[i] = source.Open(fsys, names[i], prefix, faults)
		steps.done()
	})
	for _, f := range files {
		if f.Unreadable != nil {
			return nil, fmt.Errorf("cannot read %s: %w; make it readable, or move it out of the "+
				"description", f.Shown, f.Unreadable)
		}
	}
	return files, nil
}
