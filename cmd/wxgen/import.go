package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/describe"
	"github.com/wxgen/wxgen/internal/page"
	"github.com/wxgen/wxgen/internal/replace"
	"github.com/wxgen/wxgen/spec"
)

func newImport() *cobra.Command {
	m := new(importer)
	c := &cobra.Command{
		Use:   "import PAGE|FOLDER...",
		Short: "Merge reference pages into the description",
		Long: `Import reads reference pages and merges them into the description: new operations, fields and enum values are added,
what people wrote stays as it is. Where a page and the description disagree, it says so and changes nothing there.
Files that change are laid out as wxgen fmt does; the others are not touched.

A page is Markdown as wechatpay.im has it, or the text of such a page as a browser copies it. Of a folder, import
reads every .md file but README.md, and a corrections.tsv: facts that win over the pages.

Pages with faults are left out, the others are imported.

Exit codes: 0 imported; 1 faults or contradictions, which are listed; 2 wrong usage, or a file that cannot be read or written.`,
		Example: `  wxgen import page.md
  wxgen import --spec api/wechatpay --corrections known.tsv pages`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("import what? name pages, or folders of pages")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return m.run(c, args) },
	}
	m.flags(c)
	c.Flags().StringVar(&m.corrections, "corrections", "", "`file` with facts that win over the pages (default: corrections.tsv in each folder)")
	c.MarkFlagFilename("corrections", "tsv")
	return c
}

// importer is the verb import.
type importer struct {
	description
	corrections string
	tables      []string // of corrections
	names       []string // of pages
	faults      []string
	broken      bool // the corrections cannot be read: nothing is imported
}

func (m *importer) run(c *cobra.Command, args []string) error {
	for _, arg := range args {
		if err := m.find(arg); err != nil {
			return err
		}
	}
	if m.corrections != "" {
		m.tables = []string{m.corrections}
	}
	progress := newProgress(c.ErrOrStderr())
	pages := m.pages(progress)
	if err := m.correct(pages); err != nil {
		progress.stop()
		return err
	}
	progress.say("merging %s", count(len(pages), "page"))
	report, changed, err := m.merge(pages)
	progress.stop()
	if err != nil {
		return err
	}
	return m.report(c.OutOrStdout(), c.ErrOrStderr(), report, len(pages), changed)
}

// find collects the pages of an argument.
func (m *importer) find(arg string) error {
	arg = filepath.Clean(arg)
	info, err := os.Stat(arg)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", arg, cause(err))
	}
	if !info.IsDir() {
		m.names = append(m.names, arg)
		return nil
	}
	before := len(m.names)
	err = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("cannot read %s: %w", path, cause(err))
		case d.IsDir() && path != arg && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && filepath.Ext(path) == ".md" && d.Name() != "README.md":
			m.names = append(m.names, path)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(m.names) == before {
		return fmt.Errorf("there are no pages in %s: its pages would be .md files", arg)
	}
	if table := filepath.Join(arg, "corrections.tsv"); exists(table) {
		m.tables = append(m.tables, table)
	}
	return nil
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// pages reads the pages, several at a time. Those with faults are left out.
func (m *importer) pages(progress *progress) []*page.Page {
	m.names = slices.Compact(slices.Sorted(slices.Values(m.names)))
	names := m.names
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
			if src, r.err = os.ReadFile(name); r.err == nil {
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

func (m *importer) pageFaults(faults []page.Fault) {
	for _, f := range faults {
		m.faults = append(m.faults, f.Error())
	}
}

// correct applies the corrections to the pages.
func (m *importer) correct(pages []*page.Page) error {
	for _, name := range m.tables {
		src, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("cannot read the corrections %s: %w", name, cause(err))
		}
		set, faults := page.Corrections(filepath.ToSlash(name), src)
		m.pageFaults(faults)
		if set == nil { // to import without them would bring in what they are there to prevent
			m.broken = true
			continue
		}
		m.pageFaults(set.Apply(pages))
	}
	return nil
}

// merge merges the pages into the description and writes what changes, all or nothing.
func (m *importer) merge(pages []*page.Page) (describe.Report, int, error) {
	dir, err := m.folder()
	if err != nil || m.broken {
		return describe.Report{}, 0, err
	}
	files, err := readSpec(dir)
	if err != nil {
		return describe.Report{}, 0, err
	}
	was := len(files)
	if files[shared] == nil { // what every service refers to
		if files[shared], err = fs.ReadFile(spec.FS, shared); err != nil {
			return describe.Report{}, 0, err
		}
	}
	out, report := describe.Merge(files, pages)
	if len(files) > was && len(out) > 0 && out[shared] == nil {
		out[shared], files[shared] = files[shared], nil
	}
	changes := map[string]replace.File{}
	for name, text := range out {
		changes[name] = replace.File{Old: files[name], New: text}
	}
	for _, f := range report.Faults {
		m.faults = append(m.faults, m.placed(f, dir, files).Error())
	}
	return report, len(changes), replace.Files(dir, changes)
}

const shared = "components.yaml"

// placed puts the folder before the name of a file of the description; pages have their whole name already.
func (m *importer) placed(f *describe.Fault, dir string, files map[string][]byte) *describe.Fault {
	g := *f
	if files[f.File] != nil {
		g.File = filepath.ToSlash(filepath.Join(dir, f.File))
	}
	return &g
}

// folder is where the description is, or will be.
func (d *description) folder() (string, error) {
	if d.dir != "" {
		return d.dir, nil
	}
	dir, err := ownSpec()
	if err == nil && dir == "" {
		return "", errors.New("there is no description here to write to: no spec/v3/*.yaml in the module; --spec names its folder, which need not exist yet")
	}
	return dir, err
}

// readSpec reads the YAML files below a folder, by slash path. The folder need not exist.
func readSpec(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	if !exists(dir) {
		return files, nil
	}
	fsys := os.DirFS(dir)
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && (filepath.Ext(path) == ".yaml" || filepath.Ext(path) == ".yml") {
			files[path], err = fs.ReadFile(fsys, path)
		}
		if err != nil {
			return fmt.Errorf("cannot read %s: %w", filepath.Join(dir, path), cause(err))
		}
		return nil
	})
	return files, err
}

// report prints the faults and one line about the rest.
func (m *importer) report(out, errs io.Writer, r describe.Report, pages, changed int) error {
	for _, f := range m.faults {
		fmt.Fprintln(errs, f)
	}
	var parts []string
	for _, p := range []struct {
		n    int
		noun string
	}{{r.Operations, "new operation"}, {r.Fields, "new field"}, {r.Values, "new enum value"}} {
		if p.n > 0 {
			parts = append(parts, count(p.n, p.noun))
		}
	}
	if len(parts) == 0 {
		parts = []string{"nothing new"}
	}
	parts = append(parts, count(changed, "file")+" written")
	read := count(pages, "page")
	if total := len(m.names); total > pages {
		read = fmt.Sprintf("%d of %s", pages, count(total, "page"))
	}
	line := fmt.Sprintf("wxgen: %s read, %s", read, strings.Join(parts, ", "))
	if len(m.faults) == 0 {
		fmt.Fprintln(out, line)
		return nil
	}
	fmt.Fprintf(errs, "%s; %s\n", line, count(len(m.faults), "fault"))
	return &failure{1, nil}
}
