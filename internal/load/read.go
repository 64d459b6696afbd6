package load

import (
	"fmt"
	"io/fs"

	"github.com/wxgen/wxgen/internal/layer"
	"github.com/wxgen/wxgen/internal/parallel"
	"github.com/wxgen/wxgen/internal/source"
)

// readAll reads the given files, and the layers over them.
func readAll(fsys fs.FS, found []string, opts Options, faults *source.Sink,
	steps *steps) (source.Set, *layer.Stack, error) {
	files, err := readFiles(fsys, found, opts.Name, faults, steps)
	if err != nil {
		return nil, nil, err
	}
	set := make(source.Set, len(files))
	overlays := false
	for _, f := range files {
		set[f.Name] = f
		overlays = overlays || f.Root.Has("overlay")
	}
	layers := make([][]*source.File, len(opts.Layers))
	for i, l := range opts.Layers {
		names, err := l.names()
		if err != nil {
			return nil, nil, fmt.Errorf("cannot read %s: %w", l.Name, err)
		}
		steps.more(len(names))
		if layers[i], err = readFiles(l.Files, names, l.Name, faults, steps); err != nil {
			return nil, nil, err
		}
		if l.File == "" {
			if err := source.Unread(l.Files, l.Name, faults); err != nil {
				return nil, nil, err
			}
		}
	}
	if !overlays && len(layers) == 0 {
		return set, nil, nil
	}
	return set, stackLayers(set, layers, faults), nil
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
