package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/spec"
)

// description selects a description, for verbs that read one.
type description struct {
	dir      string   // --spec
	over     []string // --layer: folders and overlays, the lowest first
	include  []string // parts to read; all if empty
	exclude  []string
	roles    []string
	inLayers bool // what layers describe is read, too

	allowTODO bool              // open questions of an import are no faults
	builtIn   bool              // set by open for the built-in description
	then      []string          // the layers for a revision, unless others are given
	lenient   bool              // parts in include and exclude may be absent
	absent    []string          // those that are absent
	warn      func(fault.Fault) // may be nil
}

func (d *description) flags(c *cobra.Command) {
	c.Flags().StringVar(&d.dir, "spec", "",
		"`folder` of the description (default: spec of this module, else the one built in)")
	c.MarkFlagDirname("spec")
}

// layerFlags are the flags of verbs that read the whole description with its layers.
func (d *description) layerFlags(c *cobra.Command) {
	d.flags(c)
	c.Flags().StringSliceVar(&d.over, "layer", nil, "`folder` or OpenAPI Overlay that lies over "+
		"the description; can be repeated, later ones on top")
	c.MarkFlagFilename("layer", "yaml", "yml")
}

// isPart reports whether only a part is read.
func (d *description) isPart() bool { return len(d.include)+len(d.exclude)+len(d.roles) > 0 }

// todoFlag is for verbs that treat open questions as faults.
func (d *description) todoFlag(c *cobra.Command) {
	c.Flags().BoolVar(&d.allowTODO, "allow-todo", false,
		"report open questions of an import, # TODO …?, as warnings instead of faults")
}

// read reads the description.
func (d *description) read(progress *progress) (*model.API, error) {
	in, err := d.open()
	if err != nil {
		return nil, err
	}
	defer in.close()
	return load.Dir(in.files, d.options(in, progress))
}

// readTwice also has another OpenAPI tool read a description without faults.
func (d *description) readTwice(progress *progress) (*model.API, error) {
	in, err := d.open()
	if err != nil {
		return nil, err
	}
	defer in.close()
	opts := d.options(in, progress)
	opts.Examples = true
	api, err := load.Dir(in.files, opts)
	if err != nil {
		return nil, err
	}
	faults, err := d.conform(in)
	if err == nil && len(faults) > 0 {
		err = faults
	}
	return api, err
}

// conform has another OpenAPI tool read the description. With layers, its faults have no places,
// since no file has the merged text.
func (d *description) conform(in opened) (fault.List, error) {
	if len(in.layers) == 0 {
		return check.WithKin(in.files, in.name)
	}
	whole, err := load.Merged(in.files, d.options(in, nil))
	if err != nil {
		return nil, err
	}
	files, err := txtar.FS(archive(whole.Texts))
	if err != nil {
		return nil, err
	}
	faults, err := check.WithKin(files, in.name)
	for i := range faults {
		faults[i].Line, faults[i].Col = 0, 0
	}
	return faults, err
}

func archive(texts map[string][]byte) *txtar.Archive {
	a := new(txtar.Archive)
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		a.Files = append(a.Files, txtar.File{Name: name, Data: texts[name]})
	}
	return a
}

func (d *description) options(in opened, progress *progress) load.Options {
	opts := d.part(in)
	opts.AllowTODO, opts.Warn = d.allowTODO, d.warn
	if progress != nil {
		opts.Progress = func(done, total int) {
			progress.say("reading the description: %d of %d", done, total)
		}
	}
	return opts
}

// part are the options that say what to read.
func (d *description) part(in opened) load.Options {
	return load.Options{Name: in.name, Layers: in.layers, Include: d.include, Layered: d.inLayers,
		Exclude: d.exclude, Roles: d.roles, Sound: in.files == fs.FS(spec.FS)}
}

// folder is an open description. It does not embed the files: that would hide their other methods,
// such as Stat.
type folder struct {
	files fs.FS
	close func() error
}

// opened is a description with its layers. The name is the prefix of its file names in messages.
type opened struct {
	files  fs.FS
	name   string
	layers []load.Layer
	close  func()
}

// open finds and opens the description and its layers.
func (d *description) open() (opened, error) {
	base, name, err := d.base()
	if err != nil {
		return opened{}, err
	}
	return d.layered(base, name)
}

// layered opens the layers over a folder.
func (d *description) layered(base folder, name string) (opened, error) {
	all := []folder{base}
	in := opened{files: base.files, name: name, close: func() {
		for _, f := range all {
			f.close()
		}
	}}
	for _, path := range d.over {
		f, l, err := openLayer(path)
		if err != nil {
			in.close()
			return opened{}, err
		}
		all, in.layers = append(all, f), append(in.layers, l)
	}
	return in, nil
}

// base opens the lowest description.
func (d *description) base() (f folder, name string, err error) {
	dir, err := d.lowest()
	if err != nil {
		return folder{}, "", err
	}
	if dir == "" {
		d.builtIn = true
		return folder{spec.FS, func() error { return nil }}, builtInName, nil
	}
	f, err = openFolder(dir)
	return f, filepath.ToSlash(filepath.Clean(dir)) + "/", err
}

// lowest is the folder of the lowest description; "" for the built-in one.
func (d *description) lowest() (dir string, err error) {
	switch d.dir {
	case "":
		return ownSpec()
	case builtIn:
		return "", nil
	}
	return d.dir, nil
}

// builtInName is the prefix of its file names in messages.
const builtInName = "wxgen/spec/"

// openLayer opens a folder, or the folder of an overlay.
func openLayer(path string) (folder, load.Layer, error) {
	info, err := os.Stat(path)
	if err != nil {
		return folder{}, load.Layer{},
			fmt.Errorf("cannot read the layer %s: %w; --layer names a folder or an overlay", path,
				fault.Cause(err))
	}
	dir, file := path, ""
	if !info.IsDir() {
		dir, file = filepath.Split(path)
	}
	f, err := openFolder(cmp.Or(dir, "."))
	name := ""
	if dir != "" {
		name = filepath.ToSlash(filepath.Clean(dir)) + "/"
	}
	return f, load.Layer{Files: f.files, Name: name, File: file}, err
}

// openFolder opens the folder of a description.
func openFolder(dir string) (folder, error) {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return folder{}, fmt.Errorf("cannot read the description %s: %w; --spec names its folder",
			dir, fault.Cause(err))
	case !info.IsDir():
		return folder{},
			fmt.Errorf("the description %s is a file; --spec names the folder it is in", dir)
	}
	root, err := os.OpenRoot(dir) // reads nothing outside, not even through a symlink
	if err != nil {
		return folder{}, fmt.Errorf("cannot read the description %s: %w; --spec names its folder",
			dir, fault.Cause(err))
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
		return nil, fmt.Errorf("cannot read the description %s: %w", dir, fault.Cause(err))
	}
	files := make(map[string][]byte, len(names))
	for _, name := range names {
		if files[name], err = source.Read(fsys.files, name); err != nil {
			return nil, fmt.Errorf("cannot read %s: %w; make it readable, or move it out of the "+
				"description", filepath.Join(dir, filepath.FromSlash(name)), fault.Cause(err))
		}
	}
	return files, nil
}

// overFiles opens files in memory, and the layers over them.
func (d *description) overFiles(texts map[string][]byte, name string) (opened, error) {
	files, err := txtar.FS(archive(texts))
	if err != nil {
		return opened{}, err
	}
	return d.layered(folder{files, func() error { return nil }}, name)
}

// prefixOf is the prefix of file names in a folder.
func prefixOf(dir string) string {
	if dir = filepath.ToSlash(filepath.Clean(dir)); dir != "." {
		return dir + "/"
	}
	return ""
}
