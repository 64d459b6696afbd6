package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/index"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/replace"
	"github.com/wxgen/wxgen/internal/source"
)

// listFile compares the list beside a description with the description. It returns the file's name
// and its change, both empty if there is none: a description needs no list, and a run over a part
// of it, or over layers, does not know all operations.
func (d *description) listFile(api *model.API) (string, replace.File, error) {
	fsys, name, err := d.base()
	if err != nil || d.builtIn || d.isPart() || len(d.over) > 0 {
		return "", replace.File{}, err
	}
	defer fsys.close()
	was, err := source.Read(fsys.files, index.File)
	if errors.Is(err, fs.ErrNotExist) {
		return "", replace.File{}, nil
	}
	name = filepath.Join(filepath.FromSlash(name), index.File)
	if err != nil {
		return "", replace.File{}, fmt.Errorf("cannot read %s: %w; make it readable, or remove it",
			name, fault.Cause(err))
	}
	if _, _, ours := index.Parse(string(was)); !ours && len(was) > 0 {
		return "", replace.File{}, nil // a file of somebody else
	}
	print, err := index.Fingerprint(fsys.files)
	if err != nil {
		return "", replace.File{}, err
	}
	text := index.Format(index.Entries(api), print)
	if bytes.Equal(bytes.ReplaceAll(was, []byte("\r\n"), []byte("\n")), text) {
		return "", replace.File{}, nil
	}
	return name, replace.File{Old: was, New: text}, nil
}
