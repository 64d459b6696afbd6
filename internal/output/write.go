package output

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	stagePrefix = ".wxgen-"     // hidden, so that neither the go command nor a later run looks into it
	stageLife   = 1 * time.Hour // a staging folder older than this was left by a process that was killed
)

// Write makes the differences disappear, all of them or none: new content is staged first and moved into place at the
// end, and when that fails or ctx ends, what was moved is moved back.
func (p *Plan) Write(ctx context.Context) error {
	if err := p.blocked(); err != nil {
		return err
	}
	if len(p.Differences) == 0 {
		return nil
	}
	c := &change{dir: p.Dir}
	err := c.apply(ctx, p.Differences)
	if err == nil {
		return c.finish()
	}
	if stuck := c.rollBack(); stuck != nil {
		return fmt.Errorf("%w; putting the files back failed too: %w; what is missing is in %s", err, stuck, c.name(c.stage))
	}
	return fmt.Errorf("%w; nothing was changed", err)
}

// blocked is an error that lists the files in whose place something else is.
func (p *Plan) blocked() error {
	var errs []error
	for _, d := range p.Differences {
		if d.Kind == Blocked {
			errs = append(errs, fmt.Errorf("%s: %s", filepath.Join(p.Dir, filepath.FromSlash(d.Path)), d.Why))
		}
	}
	return errors.Join(errs...)
}

// change is a set of modifications under way.
type change struct {
	dir   string
	root  *os.Root
	stage string // folder below root that holds new files before, and old ones after they are exchanged
	undo  []func() error
	stuck bool // something could not be taken back, and the staging folder holds what is missing
}

func (c *change) apply(ctx context.Context, diffs []Difference) error {
	if err := c.open(); err != nil {
		return err
	}
	if err := c.stageAll(diffs); err != nil {
		return err
	}
	for i, d := range diffs {
		if ctx.Err() != nil {
			return errors.New("interrupted")
		}
		if err := c.exchange(i, d); err != nil {
			return fmt.Errorf("cannot %s %s: %w", verb(d.Kind), c.name(d.Path), cause(err))
		}
	}
	for _, d := range diffs {
		if d.Kind == Stale {
			c.prune(path.Dir(d.Path))
		}
	}
	if ctx.Err() != nil {
		return errors.New("interrupted")
	}
	return nil
}

func verb(k Kind) string {
	if k == Stale {
		return "remove"
	}
	return "write"
}

func (c *change) name(path string) string { return filepath.Join(c.dir, filepath.FromSlash(path)) }

// open makes the output folder if there is none, and a staging folder in it: renaming works within one file system.
func (c *change) open() (err error) {
	for _, dir := range absent(c.dir) {
		if err := os.Mkdir(dir, 0o777); err != nil {
			return fmt.Errorf("cannot make the output folder %s: %w; make the folder above it writable, or choose another output folder", dir, cause(err))
		}
		c.undo = append(c.undo, func() error { return os.Remove(dir) })
	}
	if c.root, err = open(c.dir); err != nil {
		return err
	}
	if c.root == nil {
		return fmt.Errorf("the output folder %s has gone meanwhile", c.dir)
	}
	c.undo = append(c.undo, c.root.Close)
	c.sweep()
	c.stage = stagePrefix + rand.Text()
	if err := c.root.Mkdir(c.stage, 0o700); err != nil {
		return fmt.Errorf("cannot write to the output folder %s: %w; make it writable, or choose another output folder", c.dir, cause(err))
	}
	c.undo = append(c.undo, c.dropStage)
	return nil
}

// dropStage removes the staging folder, unless files are in it that could not be put back.
func (c *change) dropStage() error {
	if c.stuck {
		return nil
	}
	return c.root.RemoveAll(c.stage)
}

// absent lists the folders that are to be made for dir to exist, outermost first.
func absent(dir string) []string {
	var dirs []string
	for {
		if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			return dirs
		}
		dirs = append([]string{dir}, dirs...)
		dir = filepath.Dir(dir)
	}
}

// sweep removes the staging folders of processes that were killed. They are nobody's concern if it cannot.
func (c *change) sweep() {
	entries, _ := fs.ReadDir(c.root.FS(), ".")
	for _, e := range entries {
		if info, err := e.Info(); err == nil && e.IsDir() && strings.HasPrefix(e.Name(), stagePrefix) && time.Since(info.ModTime()) > stageLife {
			c.root.RemoveAll(e.Name())
		}
	}
}

// stageAll writes the new contents into the staging folder: a full disk shows here, before anything is touched.
func (c *change) stageAll(diffs []Difference) error {
	return each(len(diffs), func(i int) error {
		d := diffs[i]
		if d.Kind == Stale {
			return nil
		}
		if err := c.root.WriteFile(c.staged(i), d.New, 0o666); err != nil {
			return fmt.Errorf("cannot write to the output folder %s: %w; make it writable, or choose another output folder", c.dir, cause(err))
		}
		return nil
	})
}

func (c *change) staged(i int) string { return path.Join(c.stage, strconv.Itoa(i)+".new") }
func (c *change) backup(i int) string { return path.Join(c.stage, strconv.Itoa(i)+".old") }

// exchange puts one file into its state, and notes how to take that back.
func (c *change) exchange(i int, d Difference) error {
	if d.Kind == Stale {
		return c.move(d.Path, c.backup(i))
	}
	if err := c.makeFolder(path.Dir(d.Path)); err != nil {
		return err
	}
	info, err := c.root.Lstat(d.Path)
	if d.Kind == Missing {
		if err == nil {
			return errors.New("it has appeared meanwhile")
		}
		return c.move(c.staged(i), d.Path)
	}
	if err != nil || !info.Mode().IsRegular() {
		return errors.New("it has gone meanwhile")
	}
	if err := c.keep(d.Path, c.backup(i)); err != nil {
		return err
	}
	return c.root.Rename(c.staged(i), d.Path) // taking back the backup takes this back
}

// move renames a file.
func (c *change) move(from, to string) error {
	if err := c.root.Rename(from, to); err != nil {
		return err
	}
	c.undo = append(c.undo, func() error { return c.root.Rename(to, from) })
	return nil
}

// keep makes a backup of a file and leaves the file in place, so that there is no moment without it. Where the file
// system has no hard links there is such a moment.
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

// prune removes a folder that has become empty, and those above it; the system refuses to remove one that is not.
func (c *change) prune(dir string) {
	for dir := dir; dir != "."; dir = path.Dir(dir) { // each undo has a dir of its own
		info, err := c.root.Lstat(dir)
		if err != nil || c.root.Remove(dir) != nil {
			return
		}
		c.undo = append(c.undo, func() error { return c.root.Mkdir(dir, info.Mode().Perm()) })
	}
}

// rollBack takes back what was done, last thing first, and as much of it as it can.
func (c *change) rollBack() error {
	var first error
	for _, undo := range slices.Backward(c.undo) {
		if err := undo(); err != nil {
			first = cmp.Or(first, cause(err))
			c.stuck = true
		}
	}
	return first
}

// finish removes the staging folder. If it stays the files are in their new state all the same, and a sweep follows.
func (c *change) finish() error {
	defer c.root.Close()
	if err := c.root.RemoveAll(c.stage); err != nil {
		return fmt.Errorf("everything is written, but %s cannot be removed: %w", c.name(c.stage), cause(err))
	}
	return nil
}
