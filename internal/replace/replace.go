package replace

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/stage"
)

// File is one file to replace.
type File struct {
	Old []byte // the content when it was read; nil if there was no file
	New []byte
}

// Files writes files by their names, and makes missing folders. All contents are on the disk before
// the first file is replaced. If a replacement fails, or ctx ends, Files restores the earlier ones.
// It waits while another process writes to one of the folders; waiting may be nil.
func Files(ctx context.Context, files map[string]File, waiting func(dir string)) error {
	folders, err := byFolder(files)
	if err != nil {
		return fmt.Errorf("%w; nothing was changed", err)
	}
	var changes []*stage.Folder
	for _, f := range folders {
		if _, err := f.steps(); err != nil { // before anything changes
			return fmt.Errorf("%w; nothing was changed", err)
		}
		changes = append(changes, &stage.Folder{Dir: f.dir, Sync: true, Steps: f.steps})
	}
	return stage.Write(ctx, changes, waiting)
}

// Clear removes the leftovers of killed processes beside files.
func Clear(ctx context.Context, files iter.Seq[string], waiting func(dir string)) error {
	for name := range files {
		if err := stage.Clear(ctx, filepath.Dir(name), waiting); err != nil {
			return err
		}
	}
	return nil
}

// folder is a folder with files to replace.
type folder struct {
	dir   string
	files []target
}

type target struct {
	File
	name string // paths below the folder
}

// byFolder sorts the files by folder, and the folders by name: two processes with several folders
// then wait for each other in one order. It follows links: the file is replaced, and not the link
// to it.
func byFolder(files map[string]File) ([]*folder, error) {
	all := map[string]*folder{}
	for name, file := range files {
		if file.Old != nil {
			real, err := filepath.EvalSymlinks(name)
			if err != nil {
				return nil, fmt.Errorf("cannot read %s before writing it: %w", name,
					fault.Cause(err))
			}
			name = real
		}
		dir := filepath.Dir(name)
		if all[dir] == nil {
			all[dir] = &folder{dir: dir}
		}
		if t := (target{file, filepath.Base(name)}); !slices.ContainsFunc(all[dir].files, t.same) {
			all[dir].files = append(all[dir].files, t)
		}
	}
	var folders []*folder
	for _, f := range all {
		slices.SortFunc(f.files, func(a, b target) int { return cmp.Compare(a.name, b.name) })
		folders = append(folders, f)
	}
	slices.SortFunc(folders, func(a, b *folder) int { return cmp.Compare(a.dir, b.dir) })
	return folders, nil
}

// same reports whether two targets are one file, as through a link, with the same new content.
func (t target) same(other target) bool {
	return t.name == other.name && bytes.Equal(t.New, other.New)
}

// steps are the actions on the files. It fails if somebody has changed one.
func (f *folder) steps() ([]stage.Step, error) {
	var steps []stage.Step
	for _, t := range f.files {
		mode, err := f.unchanged(t)
		if err != nil {
			return nil, err
		}
		s := stage.Step{Path: t.name, Do: stage.Replace, New: t.New, Mode: mode}
		if t.Old == nil {
			s.Do = stage.Create
		}
		s.Check = func() error {
			_, err := f.unchanged(t)
			return err
		}
		steps = append(steps, s)
	}
	return steps, nil
}

// unchanged checks that nobody has edited the file since it was read. It returns the file's mode, 0
// if there is none.
func (f *folder) unchanged(t target) (fs.FileMode, error) {
	name := filepath.Join(f.dir, t.name)
	now, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && t.Old == nil:
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("cannot read %s before writing it: %w", name, fault.Cause(err))
	case t.Old == nil || !bytes.Equal(now, t.Old):
		return 0, fmt.Errorf("%s was changed by somebody else in the meantime; run it again", name)
	}
	info, err := os.Stat(name)
	if err != nil {
		return 0, err
	}
	return info.Mode().Perm(), nil
}
