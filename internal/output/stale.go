package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/parallel"
)

// findStale finds files of earlier runs that are no longer wanted.
func (p *Plan) findStale(t *tree, want map[string][]byte) error {
	var others []string
	err := fs.WalkDir(t.root.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // another process is writing
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

// foreign reports whether a folder cannot hold files of wxgen: the go command ignores it, it holds
// copies of other modules, or it is a module. Such folders exist if the output folder is the root
// of a project.
func (t *tree) foreign(dir, name string) bool {
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "vendor" ||
		name == "testdata" {
		return true
	}
	_, err := t.root.Lstat(path.Join(dir, "go.mod"))
	return err == nil
}

// stale is the difference of an unwanted file; nil if the file lacks wxgen's header.
func (t *tree) stale(path string) (*Difference, error) {
	f, err := t.root.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist): // another process is writing
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", t.name(path), fault.Cause(err))
	}
	defer f.Close()
	head := make([]byte, 4096) // a header is one line with the names of its sources
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
