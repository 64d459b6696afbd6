package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/mend"
	"github.com/wxgen/wxgen/internal/replace"
)

// fix mends the faults with a single mend, in the user's own folders, the lowest first. It writes
// all changed files or none, and prints the mended faults.
func (l *linter) fix(c *cobra.Command) error {
	all, err := l.folders()
	if err != nil {
		return err
	}
	defer closeAll(all)
	if len(all) == 0 {
		return errors.New("there is nothing to mend: the description is the one that is built in")
	}
	changes := map[string]replace.File{}
	var mended fault.List
	for _, w := range all {
		m := mender{
			w, load.Options{Name: filepath.ToSlash(filepath.Clean(w.dir)) + "/", Examples: true},
		}
		now, some, err := m.all(w.files)
		if err != nil {
			return err
		}
		mended = append(mended, some...)
		for name, text := range now {
			if !bytes.Equal(text, w.files[name]) {
				changes[w.path(name)] = replace.File{Old: w.files[name],
					New: relaid(name, w.files[name], text)}
			}
		}
	}
	ctx, stop := writing(c)
	defer stop()
	if err := replace.Files(ctx, changes, waiting(c)); err != nil {
		return err
	}
	out := c.ErrOrStderr() // the standard output is for programs
	if l.format == "text" {
		out = c.OutOrStdout()
	}
	for _, f := range mended {
		f.What = "mended: " + f.What
		fmt.Fprintln(out, f.Error())
	}
	return nil
}

// relaid formats a text again if it was formatted before.
func relaid(name string, was, is []byte) []byte {
	if laid, err := layout.Format(name, was); err != nil || !bytes.Equal(laid, was) {
		return is
	}
	if laid, err := layout.Format(name, is); err == nil {
		return laid
	}
	return is
}

// mender mends a folder in memory.
type mender struct {
	in   *workspace
	opts load.Options // the options of lint
}

// all mends files until no fault with a single mend is left. A mend may reveal another fault: below
// a misspelt key there may be another.
func (m mender) all(files map[string][]byte) (map[string][]byte, fault.List, error) {
	var all fault.List
	faults, err := m.in.faults(files, m.opts)
	for range 5 {
		if err != nil || len(faults) == 0 {
			break
		}
		var mended fault.List
		if files, faults, mended, err = m.most(files, faults, faults); len(mended) == 0 {
			break
		}
		all = append(all, mended...)
	}
	return files, all, err
}

// most mends as many of some faults as possible: all at once or, if that causes other faults, half
// by half.
func (m mender) most(files map[string][]byte, all, some fault.List) (next map[string][]byte,
	left, mended fault.List, err error) {
	next, left, mended, err = m.try(files, all, some)
	if err != nil || len(mended) > 0 || len(some) < 2 {
		return next, left, mended, err
	}
	for half := range slices.Chunk(some, (len(some)+1)/2) {
		var more fault.List
		if next, left, more, err = m.most(next, left, still(left, half)); err != nil {
			break
		}
		mended = append(mended, more...)
	}
	return next, left, mended, err
}

// still are the faults of some that are left. Several may have the same text, so it counts them.
func still(left, some fault.List) (now fault.List) {
	left = slices.Clone(left)
	for _, f := range some {
		i := slices.IndexFunc(left, func(g fault.Fault) bool {
			return sameAs(f)(g) && f.Line == g.Line && f.Col == g.Col
		})
		if i < 0 {
			i = slices.IndexFunc(left, sameAs(f))
		}
		if i >= 0 {
			now = append(now, left[i])
			left = slices.Delete(left, i, i+1)
		}
	}
	return now
}

// try mends some of the faults, and undoes that if it causes other faults.
func (m mender) try(files map[string][]byte, all, some fault.List) (map[string][]byte, fault.List,
	fault.List, error) {
	changed, mended := mend.Files(files, m.opts.Name, some)
	if len(mended) == 0 {
		return files, all, nil, nil
	}
	next := maps.Clone(files)
	maps.Copy(next, changed)
	left, err := m.in.faults(next, m.opts)
	if err != nil {
		return nil, nil, nil, err
	}
	if slices.ContainsFunc(left, func(f fault.Fault) bool {
		return !slices.ContainsFunc(all, sameAs(f))
	}) {
		return files, all, nil, nil
	}
	return next, left, mended, nil
}
