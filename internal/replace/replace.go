// Package replace writes files that people edit: all of a change or nothing of it, and never a file that changed in
// the meantime.
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

	"github.com/wxgen/wxgen/internal/stage"
)

// File is one file to replace.
type File struct {
	Old []byte // what stood there when it was read; nil if there was none
	New []byte
}

// Files writes files, given by their names; a folder that is not there is made. Everything is on the disk before the first file
// is replaced. If replacing one fails, or ctx ends, those before it are put back. While another process writes to one of the
// folders it waits; waiting may be nil.
func Files(ctx context.Context, files map[string]File, waiting func(dir string)) error {
	folders, err := byFolder(files)
	if err != nil {
		return err
	}
	for _, f := range folders { // before anything is touched
		for _, t := range f.files {
			if _, err := f.unchanged(t); err != nil {
				return fmt.Errorf("%w; nothing was changed", err)
			}
		}
	}
	for _, f := range folders {
		if f.change, err = stage.Begin(ctx, f.dir, waiting); err != nil {
			return fmt.Errorf("%w; nothing was changed", errors.Join(err, end(folders, (*stage.Change).RollBack)))
		}
		f.change.Sync = true
	}
	if err := apply(ctx, folders); err != nil {
		if stuck := end(folders, (*stage.Change).RollBack); stuck != nil {
			return fmt.Errorf("%w; putting the files back failed too: %w", err, stuck)
		}
		return fmt.Errorf("%w; nothing was changed", err)
	}
	return end(folders, (*stage.Change).Finish)
}

// Clear removes what killed processes left beside files.
func Clear(ctx context.Context, files iter.Seq[string], waiting func(dir string)) error {
	for name := range files {
		dir := filepath.Dir(name)
		if !stage.Left(dir) {
			continue
		}
		c, err := stage.Begin(ctx, dir, waiting)
		if err == nil {
			err = c.Finish()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// folder is a folder with files to replace.
type folder struct {
	dir    string
	files  []target
	change *stage.Change // nil until it has begun
}

type target struct {
	File
	name string // below the folder
}

// byFolder sorts the files by folder, and the folders by name: two processes that want several wait for each other in one
// order. A link is followed: the file is replaced, not the link to it.
func byFolder(files map[string]File) ([]*folder, error) {
	all := map[string]*folder{}
	for name, file := range files {
		if file.Old != nil {
			real, err := filepath.EvalSymlinks(name)
			if err != nil {
				return nil, fmt.Errorf("cannot read %s before writing it: %w; nothing was changed", name, cause(err))
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

// same reports whether a file has the same new content, under a name that links to it.
func (t target) same(other target) bool { return t.name == other.name && bytes.Equal(t.New, other.New) }

// end ends the changes that have begun, the last one first: folders that were made go with their last change.
func end(folders []*folder, how func(*stage.Change) error) error {
	var errs []error
	for _, f := range slices.Backward(folders) {
		if f.change != nil {
			errs = append(errs, how(f.change))
		}
	}
	return errors.Join(errs...)
}

// apply replaces the files, when all of them wait on the disk.
func apply(ctx context.Context, folders []*folder) error {
	for _, f := range folders {
		for i, t := range f.files {
			if err := f.stage(i, t); err != nil {
				return err
			}
		}
	}
	for _, f := range folders {
		for i, t := range f.files {
			if ctx.Err() != nil {
				return errors.New("interrupted")
			}
			if err := f.exchange(i, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// stage writes the new content of a file that nobody has changed.
func (f *folder) stage(i int, t target) error {
	mode, err := f.unchanged(t)
	if err != nil {
		return err
	}
	if err := f.change.Stage(i, t.New, mode); err != nil {
		return fmt.Errorf("cannot write %s: %w", f.change.Name(t.name), cause(err))
	}
	return nil
}

// exchange puts the new content in place, unless somebody was quicker.
func (f *folder) exchange(i int, t target) error {
	_, err := f.unchanged(t)
	if err != nil {
		return err
	}
	if t.Old == nil {
		err = f.change.Create(i, t.name)
	} else {
		err = f.change.Replace(i, t.name)
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", f.change.Name(t.name), cause(err))
	}
	return nil
}

// unchanged makes sure that nobody edited the file since it was read, and returns its mode, 0 if there is none.
func (f *folder) unchanged(t target) (fs.FileMode, error) {
	name := filepath.Join(f.dir, t.name)
	now, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && t.Old == nil:
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("cannot read %s before writing it: %w", name, cause(err))
	case t.Old == nil || !bytes.Equal(now, t.Old):
		return 0, fmt.Errorf("%s was changed by somebody else in the meantime; run it again", name)
	}
	info, err := os.Stat(name)
	if err != nil {
		return 0, err
	}
	return info.Mode().Perm(), nil
}

// cause is the reason for a failed file operation, without the operation and the path.
func cause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
