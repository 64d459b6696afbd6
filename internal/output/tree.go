package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/parallel"
)

// tree is the output folder as it is.
type tree struct {
	root *os.Root
	dir  string // its name, for messages

	folders sync.Map // slash path -> string: why no file can be below it, "" if one can
}

// name is a path as the user knows it.
func (t *tree) name(path string) string { return filepath.Join(t.dir, filepath.FromSlash(path)) }

// look reports whether there is a regular file at a path, or what is in the way of one.
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

// folder says why no file can be below a folder: it, or one above it, is a symlink or a file.
func (t *tree) folder(dir string) string {
	if dir == "." {
		return ""
	}
	if why, ok := t.folders.Load(dir); ok {
		return why.(string)
	}
	why := t.folder(path.Dir(dir))
	if why == "" {
		// What cannot be looked at is not there, or fails with a better message when the file
		// itself is looked at.
		if info, err := t.root.Lstat(dir); err == nil && !info.IsDir() {
			why = "its folder " + t.name(dir) + " is " + shape(info.Mode()) +
				"; move it away, or choose another output folder"
		}
	}
	t.folders.Store(dir, why)
	return why
}

// shape is what a directory entry is, in a word.
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

// findStale finds the files that wxgen wrote once and are not wanted any more.
func (p *Plan) findStale(t *tree, want map[string][]byte) error {
	var others []string
	err := fs.WalkDir(t.root.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // another process writes
			return nil
		case err != nil:
			return fmt.Errorf("cannot read %s: %w", t.name(path), fault.Cause(err))
		case d.IsDir() && path != "." && t.foreign(path, d.Name()):
			return fs.SkipDir
		case d.Type().IsRegular() && want[path] == nil:
			others = append(others, path)
		}
		return nil
	})
	if err != nil {
		return err
	}
	ours := make([]*Difference, len(others))
	err = parallel.Files(len(others), func(i int) (err error) {
		ours[i], err = t.stale(others[i])
		return err
	})
	for _, d := range ours {
		if d != nil {
			p.Differences = append(p.Differences, *d)
		}
	}
	return err
}

// foreign reports whether a folder is none of ours whatever is in it: one that the go command
// passes over, a copy of somebody's modules, or a module of its own. They matter where the output
// folder is the root of a project.
func (t *tree) foreign(dir, name string) bool {
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "vendor" ||
		name == "testdata" {
		return true
	}
	_, err := t.root.Lstat(path.Join(dir, "go.mod"))
	return err == nil
}

// stale is the difference of a file that is not wanted; nil if it does not carry our header.
func (t *tree) stale(path string) (*Difference, error) {
	f, err := t.root.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist): // another process writes
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", t.name(path), fault.Cause(err))
	}
	defer f.Close()
	head := make([]byte, 4096) // a header names its sources, and there is one line of it
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, fmt.Errorf("cannot read %s: %w", t.name(path), fault.Cause(err))
	}
	info, err := f.Stat()
	if err != nil || !marked(head[:n]) {
		return nil, err
	}
	return &Difference{Path: path, Kind: Stale, size: info.Size()}, nil
}
