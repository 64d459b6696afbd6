package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"

	"github.com/wxgen/wxgen/internal/mock/compile"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/replace"
	"github.com/wxgen/wxgen/internal/source"
)

// compiledDir is the folder in a description for its compact form for the mock server. If it
// exists, wxgen generate keeps it current.
const compiledDir = "compiled"

// besideFiles are the files beside a description that are not current: its list, and its compact
// form.
func (d *description) besideFiles(api *model.API) (map[string]replace.File, error) {
	files := map[string]replace.File{}
	name, list, err := d.listFile(api)
	if err != nil {
		return nil, err
	}
	if name != "" {
		files[name] = list
	}
	return files, d.compiledFiles(files)
}

// besides are the names of these files, sorted.
func (g *generation) besides() []string { return slices.Sorted(maps.Keys(g.beside)) }

// compiledFiles compiles the description if it has changed. It ignores differences in compression
// alone, since versions of Go compress differently.
func (d *description) compiledFiles(files map[string]replace.File) error {
	fsys, name, err := d.base()
	if err != nil || d.builtIn || d.isPart() || len(d.over) > 0 {
		return err
	}
	defer fsys.close()
	if info, err := fs.Stat(fsys.files, compiledDir); err != nil || !info.IsDir() {
		return nil
	}
	read := func(file string) ([]byte, error) {
		was, err := source.Read(fsys.files, path.Join(compiledDir, file))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return was, err
	}
	changed, err := compile.Changes(fsys.files, read)
	if err != nil {
		return fmt.Errorf("cannot compile the description: %w", err)
	}
	for file, c := range changed {
		files[filepath.Join(filepath.FromSlash(name), compiledDir, filepath.FromSlash(file))] =
			replace.File{Old: c.Old, New: c.New}
	}
	return nil
}
