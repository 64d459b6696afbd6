package stage

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// Name is the staging folder. It is hidden, so that neither the go command nor wxgen looks for
// anything in it.
const Name = ".wxgen-stage"

// change is a running change. Its files have numbers. Paths are relative to the folder, with
// slashes. It ends with finish or rollBack.
type change struct {
	dir  string
	root *os.Root // of dir
	sync bool     // new content is on the disk before it is moved into place

	lock    *lockedfile.File
	made    []string // the new ones of the folder and those above it
	entered bool     // this change made the staging folder
	undo    []func() error
	stuck   bool // an undo failed, and the staging folder holds the missing files
}

// name is a path as the user knows it.
func (c *change) name(path string) string { return filepath.Join(c.dir, filepath.FromSlash(path)) }

// fresh is the new content of file i, backup the old file.
func fresh(i int) string  { return path.Join(Name, strconv.Itoa(i)+".new") }
func backup(i int) string { return path.Join(Name, strconv.Itoa(i)+".old") }

// stage writes the new content of file i, so that a full disk shows before anything changes. The
// mode is that of the file, or 0 for a new one. It may be called for several files at once.
func (c *change) stage(i int, content []byte, mode fs.FileMode) error {
	f, err := c.root.OpenFile(fresh(i), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	if mode != 0 {
		err = f.Chmod(mode)
	}
	_, failed := f.Write(content)
	if c.sync {
		failed = errors.Join(failed, f.Sync())
	}
	return errors.Join(err, failed, f.Close())
}

// create moves file i to a path without a file.
func (c *change) create(i int, file string) error {
	if err := c.makeFolder(path.Dir(file)); err != nil {
		return err
	}
	if _, err := c.root.Lstat(file); err == nil {
		return errors.New("it did not exist before, and now does")
	}
	return c.move(fresh(i), file)
}

// replace replaces a file by file i.
func (c *change) replace(i int, file string) error {
	info, err := c.root.Lstat(file)
	if err != nil || !info.Mode().IsRegular() {
		return errors.New("it existed before, and now does not")
	}
	if err := c.keep(file, backup(i)); err != nil {
		return err
	}
	return c.root.Rename(fresh(i), file) // the undo of the backup undoes this, too
}

// remove removes a file.
func (c *change) remove(i int, file string) error { return c.move(file, backup(i)) }

// move renames a file.
func (c *change) move(from, to string) error {
	if err := c.root.Rename(from, to); err != nil {
		return err
	}
	c.undo = append(c.undo, func() error { return c.root.Rename(to, from) })
	return nil
}

// keep makes a backup of a file and leaves the file in place, so that the file always exists.
// Without hard links on the file system it is missing for a moment.
func (c *change) keep(file, backup string) error {
	if err := c.root.Link(file, backup); err != nil {
		return c.move(file, backup)
	}
	c.undo = append(c.undo, func() error { return c.root.Rename(backup, file) })
	return nil
}

// makeFolder makes a folder and those above it.
func (c *change) makeFolder(dir string) error {
	if dir == "." {
		return nil
	}
	if _, err := c.root.Lstat(dir); err == nil {
		return nil
	}
	if err := c.makeFolder(path.Dir(dir)); err != nil {
		return err
	}
	if err := c.root.Mkdir(dir, 0o777); err != nil {
		return err
	}
	c.undo = append(c.undo, func() error { return c.root.Remove(dir) })
	return nil
}

// prune removes an empty folder, and empty ones above it. The system refuses to remove others.
func (c *change) prune(dir string) {
	for dir := dir; dir != "."; dir = path.Dir(dir) { // each undo has a dir of its own
		info, err := c.root.Lstat(dir)
		if err != nil || c.root.Remove(dir) != nil {
			return
		}
		c.undo = append(c.undo, func() error { return c.root.Mkdir(dir, info.Mode().Perm()) })
	}
}
