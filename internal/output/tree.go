package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"

	"github.com/wxgen/wxgen/internal/fault"
)

// tree is the present output folder.
type tree struct {
	root *os.Root
	dir  string // its name, for messages

	folders sync.Map // slash path -> string: why no file can be below it; "" if one can
}

// name is a path as the user knows it.
func (t *tree) name(path string) string { return filepath.Join(t.dir, filepath.FromSlash(path)) }

// look reports whether there is a regular file at a path, or why there cannot be one.
func (t *tree) look(file string) (there bool, why string, err error) {
	if why := t.folder(path.Dir(file)); why != "" {
		return false, why, nil
	}
	info, err := t.root.Lstat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, "", nil
	case err != nil:
		return false, "", fmt.Errorf("cannot read %s: %w", t.name(file), fault.Cause(err))
	case info.Mode().IsRegular():
		return true, "", nil
	}
	return false, "is " + shape(info.Mode()) + ", not a file; move it away, or choose another " +
		"output folder", nil
}

// folder says why no file can be below a folder: the folder, or one above it, is a symlink or a
// file.
func (t *tree) folder(dir string) string {
	if dir == "." {
		return ""
	}
	if why, ok := t.folders.Load(dir); ok {
		return why.(string)
	}
	why := t.folder(path.Dir(dir))
	if why == "" {
		// An error means that the folder is missing, or comes again with a better message when the
		// file itself is read.
		if info, err := t.root.Lstat(dir); err == nil && !info.IsDir() {
			why = "its folder " + t.name(dir) + " is " + shape(info.Mode()) +
				"; move it away, or choose another output folder"
		}
	}
	t.folders.Store(dir, why)
	return why
}

// shape names the kind of a directory entry.
func shape(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "a symlink"
	case mode.IsDir():
		return "a folder"
	case mode.IsRegular():
		return "a file"
	}
	return "a special file"
}
