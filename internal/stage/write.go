package stage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/parallel"
)

// Step is the change of one file.
type Step struct {
	Path  string       // below the folder, with slashes
	Do    Action       // what happens
	New   []byte       // the new content
	Mode  fs.FileMode  // of the new content; 0 is that of any new file
	Check func() error // called right before the move; may be nil
}

// Action is the kind of a step.
type Action int

// The actions.
const (
	Create Action = iota // fails if the file exists
	Replace
	Remove // also removes folders that become empty
)

// Folder is the steps below one folder.
type Folder struct {
	Dir   string
	Sync  bool                   // new content is on the disk before it is moved into place
	Steps func() ([]Step, error) // called when no other process writes to the folder

	change *change
	steps  []Step
}

// Write takes the steps of all folders, or none of them. While another process writes to one of the
// folders it waits until ctx ends, and calls waiting once if that takes a while; waiting may be
// nil. All processes must name several folders in the same order.
func Write(ctx context.Context, folders []*Folder, waiting func(dir string)) error {
	err := begin(ctx, folders, waiting)
	if err == nil {
		err = take(ctx, folders)
	}
	if err == nil {
		return end(folders, (*change).finish)
	}
	if stuck := end(folders, (*change).rollBack); stuck != nil {
		return fmt.Errorf("%w; putting the files back failed too: %w", err, stuck)
	}
	return fmt.Errorf("%w; nothing was changed", err)
}

// Clear removes the leftovers of killed processes in a folder.
func Clear(ctx context.Context, dir string, waiting func(dir string)) error {
	if !Left(dir) {
		return nil
	}
	c, err := enter(ctx, dir, waiting)
	if err != nil {
		return err
	}
	return c.finish()
}

// begin locks the folders, gets their steps, and writes all new content to the staging folders.
func begin(ctx context.Context, folders []*Folder, waiting func(dir string)) (err error) {
	for _, f := range folders {
		if f.change, err = enter(ctx, f.Dir, waiting); err != nil {
			return err
		}
		f.change.sync = f.Sync
	}
	for _, f := range folders {
		if f.steps, err = f.Steps(); err != nil {
			return err
		}
		if err := f.stage(); err != nil {
			return err
		}
	}
	return nil
}

// stage writes the new content of a folder's files, so that a full disk shows before anything
// changes.
func (f *Folder) stage() error {
	return parallel.Files(len(f.steps), func(i int) error {
		s := f.steps[i]
		if s.Do == Remove {
			return nil
		}
		if err := f.change.stage(i, s.New, s.Mode); err != nil {
			return fmt.Errorf("cannot write %s: %w", f.change.name(s.Path), fault.Cause(err))
		}
		return nil
	})
}

// take moves all files into place.
func take(ctx context.Context, folders []*Folder) error {
	for _, f := range folders {
		for i, s := range f.steps {
			if ctx.Err() != nil {
				return errInterrupted
			}
			if err := f.take(i, s); err != nil {
				return err
			}
		}
	}
	for _, f := range folders {
		for _, s := range f.steps {
			if s.Do == Remove {
				f.change.prune(path.Dir(s.Path))
			}
		}
	}
	if ctx.Err() != nil {
		return errInterrupted
	}
	return nil
}

func (f *Folder) take(i int, s Step) error {
	if s.Check != nil {
		if err := s.Check(); err != nil {
			return err
		}
	}
	var err error
	verb := "write"
	switch s.Do {
	case Create:
		err = f.change.create(i, s.Path)
	case Replace:
		err = f.change.replace(i, s.Path)
	case Remove:
		verb, err = "remove", f.change.remove(i, s.Path)
	}
	if err != nil {
		return fmt.Errorf("cannot %s %s: %w", verb, f.change.name(s.Path), fault.Cause(err))
	}
	return nil
}

// end ends the changes that have begun, the last one first. New folders disappear with the last
// change in them.
func end(folders []*Folder, how func(*change) error) error {
	var errs []error
	for _, f := range slices.Backward(folders) {
		if f.change != nil {
			errs = append(errs, how(f.change))
		}
	}
	return errors.Join(errs...)
}
