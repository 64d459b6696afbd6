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
}

// folders are the user's own folders, the lowest first. The folder of the description itself need
// not exist.
func (d *description) folders() (all []*workspace, err error) {
	dir := d.dir
	if dir == "" {
		if dir, err = ownSpec(); err != nil {
			return nil, err
		}
	}
	if dir != "" && dir != builtIn {
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
		all = append(all, &workspace{dir: path, under: &in})
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
		opts.Layers = append(slices.Clone(w.under.layers), load.Layer{Files: fsys, Name: opts.Name})
		opts.Name = w.under.name
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
	return w.under.merged(
		load.Layer{Files: fsys, Name: filepath.ToSlash(filepath.Clean(w.dir)) + "/"})
}

// below is the part of the description below the folder.
func (w *workspace) below() (map[string][]byte, error) {
	if w.under == nil {
		return nil, nil
	}
	lower, err := w.under.merged()
	if err != nil {
		return nil, err
	}
	return lower.Texts, nil
}

// merged is the description with further layers over it.
func (in *opened) merged(over ...load.Layer) (*load.Whole, error) {
	return load.Merged(in.files, load.Options{Name: in.name,
		Layers: slices.Concat(in.layers, over)})
}
