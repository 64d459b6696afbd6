package stage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"

	"github.com/wxgen/wxgen/internal/fault"
)

const (
	lockName = "lock"
	// marker is the content of the lock file.
	marker = "wxgen keeps files here while it writes. If no wxgen runs, remove this folder.\n"
	// patience is the time before a waiting process tells the user.
	patience = time.Second
)

// staged matches the files of a change in the staging folder.
var staged = regexp.MustCompile(`^[0-9]+\.(new|old)$`)

// Left reports whether there is a staging folder: a process is writing, or was killed while
// writing.
func Left(dir string) bool {
	info, err := os.Lstat(filepath.Join(dir, Name))
	return err == nil && info.IsDir()
}

// enter begins a change of the files below dir, and makes dir if necessary. While another process
// changes the files it waits until ctx ends, and calls waiting once if that takes a while. Waiting
// may be nil.
func enter(ctx context.Context, dir string, waiting func(dir string)) (*change, error) {
	const most = 1000 // processes that may remove the folder in the meantime
	for again := 0; ; again++ {
		c := &change{dir: dir}
		err := c.goIn(ctx, waiting)
		if err == nil {
			return c, nil
		}
		c.abandon()
		if !errors.Is(err, fs.ErrNotExist) || again == most {
			return nil, err
		}
	}
}

// errGone says that another process removed the staging folder in the meantime.
var errGone = fmt.Errorf("the staging folder has gone: %w", fs.ErrNotExist)

func (c *change) goIn(ctx context.Context, waiting func(string)) error {
	if err := c.makeRoot(); err != nil {
		return err
	}
	err := c.root.Mkdir(Name, 0o700)
	c.entered = err == nil
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("cannot write to the folder %s: %w; make it writable, or choose another",
			c.dir, fault.Cause(err))
	}
	if err := c.foreign(); err != nil {
		return err
	}
	if err := c.acquire(ctx, waiting); err != nil {
		return err
	}
	return c.own()
}

// makeRoot opens the folder, and makes missing ones, also above it.
func (c *change) makeRoot() error {
	for _, dir := range absent(c.dir) {
		err := os.Mkdir(dir, 0o777)
		if err == nil {
			c.made = append(c.made, dir)
		} else if !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("cannot make the folder %s: %w; make the one above it writable, or "+
				"choose another", dir, fault.Cause(err))
		}
	}
	root, err := os.OpenRoot(c.dir)
	if err != nil {
		return fmt.Errorf("cannot open the folder %s: %w; make it readable, or choose another",
			c.dir, fault.Cause(err))
	}
	c.root = root
	return nil
}

// absent lists the missing folders down to dir, outermost first.
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

// foreign refuses a staging folder that wxgen did not make. In wxgen's, files appear after the lock
// and go before it.
func (c *change) foreign() error {
	info, err := c.root.Lstat(Name)
	switch {
	case err != nil:
		return err
	case !info.IsDir():
		return c.inTheWay()
	}
	for range 2 { // one reading may miss an entry while files disappear
		entries, err := fs.ReadDir(c.root.FS(), Name)
		if err != nil || len(entries) == 0 || slices.ContainsFunc(entries, isLock) {
			return err
		}
	}
	return c.inTheWay()
}

func isLock(e fs.DirEntry) bool { return e.Name() == lockName && e.Type().IsRegular() }

func (c *change) inTheWay() error {
	return fmt.Errorf("%s was not made by wxgen, which needs a folder of that name while it "+
		"writes; move it away", c.name(Name))
}

// acquire takes the lock, and waits for it.
func (c *change) acquire(ctx context.Context, waiting func(string)) error {
	type result struct {
		lock *lockedfile.File
		err  error
	}
	got := make(chan result, 1)
	go func() {
		lock, err := lockedfile.Edit(filepath.Join(c.dir, Name, lockName))
		got <- result{lock, err}
	}()
	long := time.After(patience)
	for {
		select {
		case r := <-got:
			if r.err != nil {
				return fmt.Errorf("cannot lock %s: %w; make the folder writable, or choose another",
					c.name(Name), fault.Cause(r.err))
			}
			c.lock = r.lock
			return nil
		case <-long:
			if waiting != nil {
				waiting(c.dir)
			}
		case <-ctx.Done():
			go func() { // a lock that comes later is freed at once
				if r := <-got; r.lock != nil {
					r.lock.Close()
				}
			}()
			return errInterrupted
		}
	}
}

// own checks that the lock file is still the one in the folder, which another process may have
// removed, and clears leftovers.
func (c *change) own() error {
	at, err := c.root.Lstat(path.Join(Name, lockName))
	held, failed := c.lock.Stat()
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	if !os.SameFile(at, held) {
		return errGone
	}
	text, err := io.ReadAll(io.LimitReader(c.lock, int64(len(marker)+1)))
	if err != nil {
		return err
	}
	switch {
	case bytes.Equal(text, []byte(marker)):
		return c.clear()
	case len(text) > 0:
		return c.inTheWay()
	}
	_, err = c.lock.WriteString(marker)
	return err
}

// clear removes the files of changes from the staging folder, and nothing else.
func (c *change) clear() error {
	entries, err := fs.ReadDir(c.root.FS(), Name)
	for _, e := range entries {
		if staged.MatchString(e.Name()) && e.Type().IsRegular() {
			err = errors.Join(err, c.root.Remove(path.Join(Name, e.Name())))
		}
	}
	return err
}

// leave removes the staging folder, unless it holds other files, and frees the lock.
func (c *change) leave() error {
	err := c.clear()
	lock := path.Join(Name, lockName)
	removed := c.root.Remove(lock)
	c.lock.Close()
	c.lock = nil
	if removed != nil {
		c.root.Remove(lock) // Windows removes no open file
	}
	c.root.Remove(Name)
	return err
}

// abandon releases the resources of a change that has not begun.
func (c *change) abandon() {
	if c.lock != nil {
		c.lock.Close()
	}
	if c.root != nil {
		if c.entered {
			// fails if another process is in it, as it should; the same holds for the next one
			c.root.Remove(Name)
		}
		c.root.Close()
	}
	for i := len(c.made) - 1; i >= 0; i-- {
		os.Remove(c.made[i])
	}
}

var errInterrupted = errors.New("interrupted")
