package stage

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// Change is a change under way. Its files have numbers; paths are relative to the folder, with slashes. It ends with
// Finish or RollBack.
type Change struct {
	Dir  string
	Root *os.Root // of Dir
	Sync bool     // new content is on the disk before it is moved into place

	lock    *lockedfile.File
	made    []string // the folder and those above it, if they were not there
	entered bool     // the staging folder was not there
	undo    []func() error
	stuck   bool // something could not be taken back, and the staging folder holds what is missing
}

// Name is a path as the user knows it.
func (c *Change) Name(path string) string { return filepath.Join(c.Dir, filepath.FromSlash(path)) }

func fresh(i int) string  { return path.Join(Name, strconv.Itoa(i)+".new") }
func backup(i int) string { return path.Join(Name, strconv.Itoa(i)+".old") }

// Stage writes the new content of file i: a full disk shows here, before anything is touched. The mode is that of the file to
// be, or 0 for a new one. It may be called for several files at once.
func (c *Change) Stage(i int, content []byte, mode fs.FileMode) error {
	f, err := c.Root.OpenFile(fresh(i), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	if mode != 0 {
		err = f.Chmod(mode)
	}
	_, failed := f.Write(content)
	if c.Sync {
		failed = errors.Join(failed, f.Sync())
	}
	return errors.Join(err, failed, f.Close())
}

// Create moves file i to a path where nothing may be.
func (c *Change) Create(i int, file string) error {
	if err := c.makeFolder(path.Dir(file)); err != nil {
		return err
	}
	if _, err := c.Root.Lstat(file); err == nil {
		return errors.New("it has appeared meanwhile")
	}
	return c.move(fresh(i), file)
}

// Replace moves file i into the place of another.
func (c *Change) Replace(i int, file string) error {
	info, err := c.Root.Lstat(file)
	if err != nil || !info.Mode().IsRegular() {
		return errors.New("it has gone meanwhile")
	}
	if err := c.keep(file, backup(i)); err != nil {
		return err
	}
	return c.Root.Rename(fresh(i), file) // taking back the backup takes this back
}

// Remove removes a file.
func (c *Change) Remove(i int, file string) error { return c.move(file, backup(i)) }

// move renames a file.
func (c *Change) move(from, to string) error {
	if err := c.Root.Rename(from, to); err != nil {
		return err
	}
	c.undo = append(c.undo, func() error { return c.Root.Rename(to, from) })
	return nil
}

// keep makes a backup of a file and leaves the file in place, so that there is no moment without it. Where the file
// system has no hard links there is such a moment.
func (c *Change) keep(file, backup string) error {
	if err := c.Root.Link(file, backup); err != nil {
		return c.move(file, backup)
	}
	c.undo = append(c.undo, func() error { return c.Root.Rename(backup, file) })
	return nil
}

// makeFolder makes a folder and those above it.
func (c *Change) makeFolder(dir string) error {
	if dir == "." {
		return nil
	}
	if _, err := c.Root.Lstat(dir); err == nil {
		return nil
	}
	if err := c.makeFolder(path.Dir(dir)); err != nil {
		return err
	}
	if err := c.Root.Mkdir(dir, 0o777); err != nil {
		return err
	}
	c.undo = append(c.undo, func() error { return c.Root.Remove(dir) })
	return nil
}

// Prune removes a folder that has become empty, and those above it; the system refuses to remove one that is not.
func (c *Change) Prune(dir string) {
	for dir := dir; dir != "."; dir = path.Dir(dir) { // each undo has a dir of its own
		info, err := c.Root.Lstat(dir)
		if err != nil || c.Root.Remove(dir) != nil {
			return
		}
		c.undo = append(c.undo, func() error { return c.Root.Mkdir(dir, info.Mode().Perm()) })
	}
}

// RollBack takes back what was done, last thing first, and as much of it as it can. If something cannot be, the error says
// where it is now.
func (c *Change) RollBack() error {
	var first error
	for _, undo := range slices.Backward(c.undo) {
		if err := undo(); err != nil {
			first = cmp.Or(first, cause(err))
			c.stuck = true
		}
	}
	defer c.abandon()
	if !c.stuck {
		return c.leave()
	}
	kept := ".wxgen-kept-" + rand.Text() // a name that no later change touches
	if err := c.Root.Rename(Name, kept); err != nil {
		kept = Name
	}
	return fmt.Errorf("%w; what is missing is in %s", first, c.Name(kept))
}

// Finish ends a change that has worked. The folders above stay.
func (c *Change) Finish() error {
	c.made = nil
	defer c.abandon()
	if err := c.leave(); err != nil {
		return fmt.Errorf("everything is written, but %s cannot be removed: %w", c.Name(Name), cause(err))
	}
	return nil
}
