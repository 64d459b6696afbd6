package main

import (
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/spf13/cobra"
	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/internal/fault"
	knowledge "github.com/wxgen/wxgen/internal/known"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/page"
	"github.com/wxgen/wxgen/internal/parallel"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/spec"
)

// standardInput is the argument for the standard input, and standardInputName its name in messages.
const (
	standardInput     = "-"
	standardInputName = "standard input"
)

// find collects the pages of an argument.
func (m *importer) find(c *cobra.Command, arg string) error {
	if arg == standardInput {
		m.files[standardInputName] = func() ([]byte, error) {
			return io.ReadAll(io.LimitReader(c.InOrStdin(), source.MaxFile))
		}
		return nil
	}
	arg = filepath.Clean(arg)
	info, err := os.Stat(arg)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", arg, fault.Cause(err))
	}
	if !info.IsDir() {
		m.files[arg] = func() ([]byte, error) { return source.ReadFile(arg) }
		return nil
	}
	// stays open until the end: it reads nothing outside, not even through a symlink
	root, err := os.OpenRoot(arg)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", arg, fault.Cause(err))
	}
	if err := m.findBelow(arg, root.FS()); err != nil {
		return err
	}
	if table := filepath.Join(arg, correctionsFile); exists(table) {
		m.tables = append(m.tables, table)
	}
	return nil
}

// findBelow collects the pages of a folder.
func (m *importer) findBelow(dir string, fsys fs.FS) error {
	found := false
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("cannot read %s: %w", filepath.Join(dir, path), fault.Cause(err))
		case d.IsDir() && path != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && isPage(d.Name()):
			found = true
			m.files[filepath.Join(dir, path)] = func() ([]byte, error) {
				return source.Read(fsys, path)
			}
		}
		return nil
	})
	if err == nil && !found {
		err = fmt.Errorf("there are no pages in %s: its pages would be .md or .txt files", dir)
	}
	return err
}

// isPage reports whether a file of a folder may be a page. A README is none.
func isPage(name string) bool {
	stem, ext := strings.TrimSuffix(name, filepath.Ext(name)), filepath.Ext(name)
	return slices.Contains([]string{".md", ".markdown", ".txt", ".text"}, ext) &&
		strings.ToUpper(stem) != "README"
}

// pages reads the pages in parallel, without those with faults.
func (m *importer) pages(progress *progress) []*page.Page {
	names := slices.Sorted(maps.Keys(m.files))
	type result struct {
		pages  []*page.Page
		faults fault.List
		err    error
	}
	results := make([]result, len(names))
	known := sync.OnceValue(m.known)
	var begun atomic.Int64
	parallel.Do(len(names), func(i int) {
		progress.say("reading pages: %d of %d", begun.Add(1)-1, len(names))
		r := &results[i]
		src, err := m.files[names[i]]()
		if r.err = err; err != nil {
			return
		}
		r.pages, r.faults = page.Parse(filepath.ToSlash(names[i]), src, known)
	})
	var pages []*page.Page
	for i, r := range results {
		if r.err != nil { // other pages may be good
			m.faults = append(m.faults,
				fmt.Sprintf("%s: cannot be read: %v; leave the file out, or make it readable",
					filepath.ToSlash(names[i]), fault.Cause(r.err)))
		}
		m.pageFaults(r.faults)
		if len(r.pages) > 0 {
			m.good++
		}
		pages = append(pages, r.pages...)
	}
	return pages
}

// known holds the facts of descriptions, for pages that have lost their marks: those of the
// workspace with the layers below it, and the built-in ones. It leaves out descriptions that cannot
// be read.
func (m *importer) known() *knowledge.Description {
	var sources []knowledge.Source
	if w, err := m.workspace(); err == nil {
		defer w.close()
		if fsys, err := txtar.FS(archive(w.files)); err == nil && w.under == nil {
			sources = learn(sources, fsys, load.Options{})
		} else if err == nil {
			opts := w.over(load.Layer{Files: fsys})
			opts.Name, opts.Layered = "", opts.Sound // the built-in description itself follows
			sources = learn(sources, w.under.files, opts)
		}
	}
	sources = learn(sources, spec.FS, load.Options{})
	return knowledge.Of(sources...)
}

// learn adds a description to the sources, if it can be read.
func learn(sources []knowledge.Source, fsys fs.FS, opts load.Options) []knowledge.Source {
	open := map[string]bool{}
	opts.AllowTODO, opts.Warn = true, func(f fault.Fault) {
		open[f.File] = open[f.File] || f.Question
	}
	api, err := load.Dir(fsys, opts)
	if err != nil {
		return sources
	}
	return append(sources, knowledge.Source{API: api, Open: open})
}
