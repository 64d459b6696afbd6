package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/parallel"
)

// Compare compares the files below dir with the wanted ones, given by their slash paths relative to
// dir. It ignores line endings, so a checkout with CRLF is current. It writes nothing; dir need not
// exist.
func Compare(dir string, want map[string][]byte) (*Plan, error) {
	if err := ours(want); err != nil {
		return nil, err
	}
	p := &Plan{Dir: filepath.Clean(dir), Total: len(want), want: want}
	root, err := open(p.Dir)
	if err != nil {
		return nil, err
	}
	if root == nil {
		for path, content := range want {
			p.Differences = append(p.Differences,
				Difference{Path: path, Kind: Missing, New: content})
		}
		p.sort()
		return p, nil
	}
	defer root.Close()
	t := &tree{root: root, dir: p.Dir}
	if err := p.compare(t, want); err != nil {
		return nil, err
	}
	if err := p.findStale(t, want); err != nil {
		return nil, err
	}
	p.sort()
	return p, nil
}

// ours refuses files that a later run would not recognize as wxgen's own.
func ours(want map[string][]byte) error {
	for path, content := range want {
		if !fs.ValidPath(path) || path == "." {
			return fmt.Errorf("a bug in wxgen: %q is no path below the output folder", path)
		}
		if !marked(content) {
			return fmt.Errorf("a bug in wxgen: %s does not begin with its header", path)
		}
	}
	return nil
}

// open opens the output folder; nil if there is none yet.
func open(dir string) (*os.Root, error) {
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("cannot use %s as the output folder: %w; choose another", dir,
			fault.Cause(err))
	case info.Mode().Type() == fs.ModeSymlink:
		return nil, fmt.Errorf("the output folder %s is a symlink, and wxgen writes through "+
			"none; name the folder that it leads to", dir)
	case !info.IsDir():
		return nil, fmt.Errorf("the output folder %s is a file; name a folder, or move the "+
			"file away", dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("cannot open the output folder %s: %w; make it readable, or "+
			"choose another", dir, fault.Cause(err))
	}
	return root, nil
}

// compare finds the wanted files that are changed, missing or blocked.
func (p *Plan) compare(t *tree, want map[string][]byte) error {
	paths := make([]string, 0, len(want))
	for path := range want {
		paths = append(paths, path)
	}
	found := make([]*Difference, len(paths))
	err := parallel.Files(len(paths), func(i int) (err error) {
		found[i], err = t.difference(paths[i], want[paths[i]])
		return err
	})
	for _, d := range found {
		if d != nil {
			p.Differences = append(p.Differences, *d)
		}
	}
	return err
}

// difference compares one file; nil if the file is current.
func (t *tree) difference(path string, want []byte) (*Difference, error) {
	there, why, err := t.look(path)
	if err != nil {
		return nil, err
	}
	if why != "" {
		return &Difference{Path: path, Kind: Blocked, New: want, Why: why}, nil
	}
	if !there {
		return &Difference{Path: path, Kind: Missing, New: want}, nil
	}
	old, err := t.root.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist): // another process is writing
		return &Difference{Path: path, Kind: Missing, New: want}, nil
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", t.name(path), fault.Cause(err))
	case bytes.Equal(old, want) || bytes.Equal(plain(old), plain(want)):
		return nil, nil
	case !marked(old):
		why := "not written by wxgen (its first line is not wxgen's header); move it away, or " +
			"choose another output folder"
		return &Difference{Path: path, Kind: Blocked, New: want, Why: why}, nil
	}
	return &Difference{Path: path, Kind: Changed, Old: old, New: want}, nil
}
