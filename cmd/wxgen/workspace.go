package main

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/load"
)

// workspace is a folder of the user's own that a verb writes to: the description, or a layer.
type workspace struct {
	dir   string            // it need not exist yet
	files map[string][]byte // its YAML, by slash path
	under *opened           // the description below it; nil for the lowest
	part  load.Options      // what to read of both
}

// folders are the user's own folders, the lowest first. The folder of the description itself need
// not exist.
func (d *description) folders() (all []*workspace, err error) {
	dir, err := d.lowest()
	if err != nil {
		return nil, err
	}
	if dir != "" {
		all = append(all, &workspace{dir: dir})
	}
	for i, path := range d.over {
		if !isFolder(path) {
			continue // an overlay, or nothing: opening it reports that
		}
		lower := *d
		lower.over = d.over[:i]
		in, err := lower.open()
		if err != nil {
			return nil, errors.Join(err, closeAll(all))
		}
		all = append(all, &workspace{dir: path, under: &in, part: lower.part(in)})
	}
	for _, w := range all {
		if w.files, err = readSpec(w.dir); err != nil {
			return nil, errors.Join(err, closeAll(all))
		}
	}
	return all, nil
}

// closeAll closes the descriptions below workspaces.
func closeAll(all []*workspace) error {
	for _, w := range all {
		w.close()
	}
	return nil
}

var errNowhere = errors.New("there is no description here to write to: the module has no YAML of " +
	"OpenAPI in spec, " +
	"and wxgen.yaml names no folder; wxgen init begins one, and --spec names another, which need " +
	"not exist yet")

// workspace is the folder for new operations: the topmost one.
func (d *description) workspace() (*workspace, error) {
	all, err := d.folders()
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, errNowhere
	}
	top := len(all) - 1
	_ = closeAll(all[:top])
	return all[top], nil
}

func (w *workspace) close() {
	if w.under != nil {
		w.under.close()
	}
}

// path is the path of a file in the folder.
func (w *workspace) path(name string) string {
	return filepath.Join(w.dir, filepath.FromSlash(name))
}

// faults reads the description with other files in the folder. File names in the faults have the
// prefix of the options.
func (w *workspace) faults(files map[string][]byte, opts load.Options) (fault.List, error) {
	fsys, err := txtar.FS(archive(files))
	if err != nil {
		return nil, err
	}
	base := fs.FS(fsys)
	if w.under != nil {
		base = w.under.files
		part := w.over(load.Layer{Files: fsys, Name: opts.Name})
		part.AllowTODO, part.Examples, part.Warn = opts.AllowTODO, opts.Examples, opts.Warn
		opts = part
	}
	_, err = load.Dir(base, opts)
	faults, _ := fault.As(err) // a missing document is no fault
	return faults, nil
}

// whole is the description with the files of the folder.
func (w *workspace) whole() (*load.Whole, error) {
	if w.under == nil {
		return &load.Whole{Texts: w.files}, nil
	}
	fsys, err := txtar.FS(archive(w.files))
	if err != nil {
		return nil, err
	}
	name := filepath.ToSlash(filepath.Clean(w.dir)) + "/"
	return load.Merged(w.under.files, w.over(load.Layer{Files: fsys, Name: name}))
}

// below is the part of the description below the folder.
func (w *workspace) below() (map[string][]byte, error) {
	if w.under == nil {
		return nil, nil
	}
	lower, err := load.Merged(w.under.files, w.part)
	if err != nil {
		return nil, err
	}
	return lower.Texts, nil
}

// over are the options that read the description below with one more layer over it.
func (w *workspace) over(top load.Layer) load.Options {
	opts := w.part
	opts.Layers = append(slices.Clone(opts.Layers), top)
	return opts
}
