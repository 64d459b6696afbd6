package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/wxgen/wxgen/internal/page"
	"github.com/wxgen/wxgen/internal/source"
)

// find collects the pages of an argument.
func (m *importer) find(arg string) error {
	arg = filepath.Clean(arg)
	info, err := os.Stat(arg)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", arg, cause(err))
	}
	if !info.IsDir() {
		m.files[arg] = func() ([]byte, error) { return source.ReadFile(arg) }
		return nil
	}
	root, err := os.OpenRoot(arg) // open until the end: it reads nothing outside, not even through a symlink
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", arg, cause(err))
	}
	if err := m.findBelow(arg, root.FS()); err != nil {
		return err
	}
	if table := filepath.Join(arg, "corrections.tsv"); exists(table) {
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
			return fmt.Errorf("cannot read %s: %w", filepath.Join(dir, path), cause(err))
		case d.IsDir() && path != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && filepath.Ext(path) == ".md" && d.Name() != "README.md":
			found = true
			m.files[filepath.Join(dir, path)] = func() ([]byte, error) { return source.Read(fsys, path) }
		}
		return nil
	})
	if err == nil && !found {
		err = fmt.Errorf("there are no pages in %s: its pages would be .md files", dir)
	}
	return err
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// pages reads the pages, several at a time. Those with faults are left out.
func (m *importer) pages(progress *progress) []*page.Page {
	names := slices.Sorted(maps.Keys(m.files))
	type result struct {
		page   *page.Page
		faults []page.Fault
		err    error
	}
	results := make([]result, len(names))
	slots := make(chan struct{}, 4)
	var wg sync.WaitGroup
	for i, name := range names {
		slots <- struct{}{}
		progress.say("reading pages: %d of %d", i, len(names))
		wg.Go(func() {
			defer func() { <-slots }()
			r := &results[i]
			var src []byte
			if src, r.err = m.files[name](); r.err == nil {
				r.page, r.faults = page.Parse(filepath.ToSlash(name), src)
			}
		})
	}
	wg.Wait()
	var pages []*page.Page
	for i, r := range results {
		if r.err != nil { // one bad page among many
			m.faults = append(m.faults, fmt.Sprintf("%s: cannot be read: %v; leave the file out, or make it readable", filepath.ToSlash(names[i]), cause(r.err)))
		}
		m.pageFaults(r.faults)
		if r.page != nil {
			pages = append(pages, r.page)
		}
	}
	return pages
}
