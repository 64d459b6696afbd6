package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/merge"
	"github.com/wxgen/wxgen/internal/page"
	"github.com/wxgen/wxgen/internal/source"
)

func newImport() *cobra.Command {
	m := &importer{files: map[string]func() ([]byte, error){}}
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
	tables      []string                          // of corrections
	files       map[string]func() ([]byte, error) // of pages
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
	report, taken, changed, err := m.merge(c, pages)
	progress.stop()
	if err != nil {
		return err
	}
	return m.report(c.OutOrStdout(), c.ErrOrStderr(), report, taken, changed)
}

func (m *importer) pageFaults(faults []page.Fault) {
	for _, f := range faults {
		m.faults = append(m.faults, f.Error())
	}
}

// correct applies the corrections to the pages.
func (m *importer) correct(pages []*page.Page) error {
	for _, name := range m.tables {
		src, err := source.ReadFile(name)
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

// report prints the faults and one line about the rest.
func (m *importer) report(out, errs io.Writer, r merge.Report, pages, changed int) error {
	for _, f := range some(m.faults) {
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
	if total := len(m.files); total > pages {
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
