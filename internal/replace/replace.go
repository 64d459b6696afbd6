// Package replace writes files that people edit: all of a change or nothing of it, and never a file that changed in
// the meantime.
package replace

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	tempInfix = ".wxgen-"     // in the names of what waits beside a file; the end is random, for two commands may run at once
	tempLife  = 1 * time.Hour // older ones were left by a process that was killed
)

// File is one file to replace.
type File struct {
	Old []byte // what stood there when it was read; nil if there was none
	New []byte
}

// Files writes files below a folder, by their slash paths. Everything is on the disk before the first file is replaced;
// if replacing one fails, those before it are put back.
func Files(dir string, files map[string]File) error {
	var staged []stage
	defer func() {
		for _, s := range staged {
			os.Remove(s.temp) // those that were put in place are gone already
		}
	}()
	var all []stage
	for _, path := range slices.Sorted(maps.Keys(files)) {
		all = append(all, stage{name: filepath.Join(dir, filepath.FromSlash(path)), file: files[path]})
	}
	if err := unchanged(all); err != nil {
		return err
	}
	sweep(all)
	for _, s := range all {
		if err := s.write(); err != nil {
			return fmt.Errorf("cannot write %s: %w; nothing was changed", s.name, cause(err))
		}
		staged = append(staged, s)
	}
	if err := unchanged(staged); err != nil { // writing took a moment
		return err
	}
	for i, s := range staged {
		if err := s.replace(); err != nil {
			return errors.Join(err, putBack(staged[:i]))
		}
	}
	return nil
}

// sweep removes what killed processes left beside the files. It is nobody's concern if it cannot.
func sweep(all []stage) {
	swept := map[string]bool{}
	for _, s := range all {
		dir := filepath.Dir(s.name)
		if swept[dir] {
			continue
		}
		swept[dir] = true
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			info, err := e.Info()
			if err == nil && info.Mode().IsRegular() && strings.Contains(e.Name(), tempInfix) && time.Since(info.ModTime()) > tempLife {
				os.Remove(filepath.Join(dir, e.Name()))
			}
		}
	}
}

// stage is a file whose new content waits beside it.
type stage struct {
	name, temp string
	file       File
}

// write puts the new content beside the file, with the file's mode.
func (s *stage) write() error {
	if err := os.MkdirAll(filepath.Dir(s.name), 0o777); err != nil {
		return err
	}
	info, err := os.Stat(s.name)
	if err == nil {
		if s.name, err = filepath.EvalSymlinks(s.name); err != nil { // the file is replaced, not the link to it
			return err
		}
	}
	f, err := os.OpenFile(s.name+tempInfix+rand.Text(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	s.temp = f.Name()
	if info != nil {
		err = f.Chmod(info.Mode().Perm())
	}
	_, failed := f.Write(s.file.New)
	if err := errors.Join(err, failed, f.Sync(), f.Close()); err != nil {
		os.Remove(s.temp)
		return err
	}
	return nil
}

// replace puts the new content in place, unless somebody was quicker.
func (s *stage) replace() error {
	if err := s.unchanged(); err != nil {
		return err
	}
	if err := os.Rename(s.temp, s.name); err != nil {
		return fmt.Errorf("cannot replace %s: %w", s.name, cause(err))
	}
	return nil
}

func unchanged(all []stage) error {
	for _, s := range all {
		if err := s.unchanged(); err != nil {
			return err
		}
	}
	return nil
}

// unchanged makes sure that nobody edited the file since it was read.
func (s *stage) unchanged() error {
	now, err := os.ReadFile(s.name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && s.file.Old == nil:
		return nil
	case err != nil:
		return fmt.Errorf("cannot read %s before writing it: %w; nothing was changed", s.name, cause(err))
	case s.file.Old == nil || !bytes.Equal(now, s.file.Old):
		return fmt.Errorf("%s was changed by somebody else in the meantime; nothing was written, so run it again", s.name)
	}
	return nil
}

// putBack undoes what was replaced before something failed. What somebody has changed since is theirs.
func putBack(done []stage) error {
	var errs []error
	for _, s := range done {
		now, err := os.ReadFile(s.name)
		if err == nil && !bytes.Equal(now, s.file.New) {
			continue
		}
		if s.file.Old == nil {
			err = os.Remove(s.name)
		} else {
			err = os.WriteFile(s.name, s.file.Old, 0o666)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("cannot put %s back: %w; its old content is lost unless it is in version control", s.name, cause(err)))
		}
	}
	return errors.Join(errs...)
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
