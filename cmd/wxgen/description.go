package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/spec"
)

// description is the choice of a description, for the verbs that read one.
type description struct {
	dir     string   // --spec
	include []string // what of it to read; all if empty

	builtIn bool               // open chose the one that is built in
	warn    func(source.Fault) // may be nil
}

func (d *description) flags(c *cobra.Command) {
	c.Flags().StringVar(&d.dir, "spec", "", "`folder` of the description (default: spec of this module, else the one built in)")
	c.MarkFlagDirname("spec")
}

// read reads the description.
func (d *description) read(progress *progress) (*model.API, error) {
	fsys, name, err := d.open()
	if err != nil {
		return nil, err
	}
	defer fsys.close()
	return load.Dir(fsys.files, d.options(name, progress))
}

// readTwice also has an OpenAPI tool of its own read what wxgen finds no fault with.
func (d *description) readTwice(progress *progress) (*model.API, error) {
	fsys, name, err := d.open()
	if err != nil {
		return nil, err
	}
	defer fsys.close()
	opts := d.options(name, progress)
	opts.Examples = true
	api, err := load.Dir(fsys.files, opts)
	if err != nil {
		return nil, err
	}
	faults, err := check.Conform(fsys.files, name)
	if err == nil && len(faults) > 0 {
		err = faults
	}
	return api, err
}

func (d *description) options(name string, progress *progress) load.Options {
	return load.Options{Name: name, Include: d.include, Warn: d.warn, Progress: func(done, total int) {
		progress.say("reading the description: %d of %d", done, total)
	}}
}

// folder is an open description. The files are no part of it by embedding: that would hide that they can be looked at
// without being opened.
type folder struct {
	files fs.FS
	close func() error
}

// open finds the description. The name goes before the names of its files in messages.
func (d *description) open() (f folder, name string, err error) {
	dir := d.dir
	if dir == "" {
		dir, err = ownSpec()
		if err != nil {
			return folder{}, "", err
		}
	}
	if dir == "" {
		d.builtIn = true
		return folder{spec.FS, func() error { return nil }}, "wxgen/spec/", nil
	}
	f, err = openFolder(dir)
	return f, filepath.ToSlash(filepath.Clean(dir)) + "/", err
}

// openFolder opens the folder of a description.
func openFolder(dir string) (folder, error) {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return folder{}, fmt.Errorf("cannot read the description %s: %w; --spec names its folder", dir, cause(err))
	case !info.IsDir():
		return folder{}, fmt.Errorf("the description %s is a file; --spec names the folder it is in", dir)
	}
	root, err := os.OpenRoot(dir) // reads nothing outside, not even through a symlink
	if err != nil {
		return folder{}, fmt.Errorf("cannot read the description %s: %w; --spec names its folder", dir, cause(err))
	}
	return folder{root.FS(), root.Close}, nil
}

// ownSpec is the description in the enclosing module; "" if it has none.
func ownSpec() (string, error) {
	m, err := moduleOf(".")
	if m == nil {
		return "", err
	}
	dir := filepath.Join(m.root, "spec")
	if !isFolder(dir) {
		return "", nil
	}
	f, err := openFolder(dir)
	if err != nil {
		return "", err
	}
	defer f.close()
	if !source.Describes(f.files) {
		return "", nil
	}
	return shown(dir), nil
}

// folder is where the description is that a verb writes to, or will be.
func (d *description) folder() (string, error) {
	if d.dir != "" {
		return d.dir, nil
	}
	dir, err := ownSpec()
	if err == nil && dir == "" {
		return "", errors.New("there is no description here to write to: the module has no YAML of OpenAPI in spec; --spec names its folder, which need not exist yet")
	}
	return dir, err
}

// readSpec reads the YAML files below a folder, by slash path. The folder need not exist.
func readSpec(dir string) (map[string][]byte, error) {
	if !exists(dir) {
		return map[string][]byte{}, nil
	}
	fsys, err := openFolder(dir)
	if err != nil {
		return nil, err
	}
	defer fsys.close()
	names, err := source.Find(fsys.files)
	if err != nil {
		return nil, fmt.Errorf("cannot read the description %s: %w", dir, cause(err))
	}
	files := make(map[string][]byte, len(names))
	for _, name := range names {
		if files[name], err = source.Read(fsys.files, name); err != nil {
			return nil, fmt.Errorf("cannot read %s: %w; make it readable, or move it out of the description", filepath.Join(dir, filepath.FromSlash(name)), cause(err))
		}
	}
	return files, nil
}
