package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/spec"
)

// description is the choice of a description, for the verbs that read one.
type description struct {
	dir     string   // --spec
	include []string // what of it to read; all if empty
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
	defer fsys.Close()
	return load.Dir(fsys.FS, d.options(name, progress))
}

// readTwice also has an OpenAPI tool of its own read what wxgen finds no fault with.
func (d *description) readTwice(progress *progress) (*model.API, error) {
	fsys, name, err := d.open()
	if err != nil {
		return nil, err
	}
	defer fsys.Close()
	opts := d.options(name, progress)
	opts.Examples = true
	api, err := load.Dir(fsys.FS, opts)
	if err != nil {
		return nil, err
	}
	faults, err := load.Conform(fsys.FS, d.options(name, progress))
	if err == nil && len(faults) > 0 {
		err = faults
	}
	return api, err
}

func (d *description) options(name string, progress *progress) load.Options {
	return load.Options{Name: name, Include: d.include, Progress: func(done, total int) {
		progress.say("reading the description: %d of %d", done, total)
	}}
}

// folder is an open description.
type folder struct {
	fs.FS
	Close func() error
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
		return folder{spec.FS, func() error { return nil }}, "wxgen/spec/", nil
	}
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return folder{}, "", fmt.Errorf("cannot read the description %s: %w; --spec names its folder", dir, cause(err))
	case !info.IsDir():
		return folder{}, "", fmt.Errorf("the description %s is a file; --spec names the folder it is in", dir)
	}
	root, err := os.OpenRoot(dir) // reads nothing outside, not even through a symlink
	if err != nil {
		return folder{}, "", fmt.Errorf("cannot read the description %s: %w; --spec names its folder", dir, cause(err))
	}
	return folder{root.FS(), root.Close}, filepath.ToSlash(filepath.Clean(dir)) + "/", nil
}

// ownSpec is the description in the enclosing module; "" if it has none.
func ownSpec() (string, error) {
	m, err := moduleOf(".")
	if m == nil {
		return "", err
	}
	dir := filepath.Join(m.root, "spec")
	for _, space := range route.Spaces {
		if files, _ := fs.Glob(os.DirFS(dir), space+"/*.yaml"); len(files) > 0 {
			return shown(dir), nil
		}
	}
	return "", nil
}
