package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/merge"
	"github.com/wxgen/wxgen/internal/page"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/spec"
)

func newImport() *cobra.Command {
	m := &importer{files: map[string]func() ([]byte, error){}}
	c := &cobra.Command{
		Use:   "import PAGE|FOLDER|-...",
		Short: "Merge reference pages into the description",
		Long: `Import reads reference pages and adds their new operations, fields and enum values to the
description. It keeps what people wrote. Where a page and the description disagree, or the page no
longer has something, import says so and changes nothing there. With --prune it follows the page;
with --accept it notes the difference in the description's known.tsv. It gives changed files the
layout of wxgen fmt, and does not touch others.

A page is an official document of pay.weixin.qq.com, copied from the browser, in either of its
forms, or a page of wechatpay.im, as Markdown or copied. Of a folder, import reads the .md and .txt
files except README, and corrections.tsv, whose facts win over the pages. An argument of - is the
standard input.

Some facts are on no page, above all whether a field is encrypted. Import answers some of these
questions from what the description knows of the same names. It writes the others beside the line,
as # TODO …?, and lists them. Generate and lint report an open question as a fault.

Import leaves out pages with faults, and imports the others. If layers lie over the description, it
writes into the topmost folder of them. It uses what is known of wrong pages: corrections.tsv and
known.tsv of the built-in description, and those of the folder.

Exit codes: 0 imported; 1 faults or contradictions, which are listed; 2 wrong usage, or a file
cannot be read or written.`,
		Example: `  wxgen import page.txt
  xclip -o | wxgen import -
  wxgen import --spec api/wechatpay --corrections known.tsv pages`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("import what? name pages, or folders of pages, or - for the " +
					"standard input")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return m.run(c, args) },
	}
	m.layerFlags(c)
	c.Flags().StringVar(&m.corrections, "corrections", "",
		"`file` with facts that win over the pages (default: corrections.tsv in the description "+
			"and in each folder)")
	c.MarkFlagFilename("corrections", "tsv")
	c.Flags().BoolVar(&m.prune, "prune", false,
		"remove what the pages no longer have: fields, values, parameters, operations")
	c.Flags().BoolVar(&m.accept, "accept", false, "keep existing operations as they are, and "+
		"note in known.tsv where they differ from the pages, so that later imports accept it")
	c.MarkFlagsMutuallyExclusive("prune", "accept")
	return c
}

func (m *importer) run(c *cobra.Command, args []string) error {
	for _, arg := range args {
		if err := m.find(c, arg); err != nil {
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

// correct applies the tables of corrections to the pages. The built-in table and that of the
// description also have other operations. Further tables lie beside the pages or are named.
func (m *importer) correct(pages []*page.Page) error {
	if m.corrections == "" {
		if err := m.applyOwn(pages); err != nil {
			return err
		}
	}
	for _, name := range m.tables {
		src, err := readTable(name)
		if err != nil {
			return err
		}
		m.applyTable(name, src, pages, (*page.CorrectionSet).Apply)
	}
	return nil
}

// applyOwn applies the built-in table and that of the description.
func (m *importer) applyOwn(pages []*page.Page) error {
	ours, err := fs.ReadFile(spec.Tables, correctionsFile)
	if err != nil {
		return err
	}
	m.applyTable(builtInName+correctionsFile, ours, pages, (*page.CorrectionSet).ApplyTo)
	w, err := m.workspace()
	if err != nil {
		return err
	}
	w.close()
	name := w.path(correctionsFile)
	if !exists(name) {
		return nil
	}
	own, err := readTable(name)
	if err == nil && !bytes.Equal(own, ours) {
		m.applyTable(name, own, pages, (*page.CorrectionSet).ApplyTo)
	}
	return err
}

func readTable(name string) ([]byte, error) {
	src, err := source.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the corrections %s: %w", name, fault.Cause(err))
	}
	return src, nil
}

func (m *importer) applyTable(name string, src []byte, pages []*page.Page,
	apply func(*page.CorrectionSet, []*page.Page) fault.List) {
	set, faults := page.Corrections(filepath.ToSlash(name), src)
	m.pageFaults(faults)
	if set == nil { // an import without the corrections would bring in the wrong facts
		m.broken = true
		return
	}
	m.pageFaults(apply(set, pages))
}

// report prints the notes, the open questions, the faults and one line about the rest.
func (m *importer) report(out, errs io.Writer, r merge.Report, taken, changed int) error {
	for _, f := range slices.Concat(some(m.notes), some(texts(m.open)), some(m.faults)) {
		fmt.Fprintln(errs, f)
	}
	line := "wxgen: " + strings.Join(append([]string{m.taken(taken)}, gains(r)...), ", ") + ", " +
		count(changed, "file") + " written"
	if m.included != "" {
		line += "; " + m.included
	}
	if m.accepted > 0 {
		line += "; " + count(m.accepted, "contradiction") + " noted in " + knownFile
	}
	if len(m.open) > 0 {
		line += "; " + count(len(m.open), "open question")
	}
	if len(m.faults) == 0 && (m.good > 0 || len(m.notes) == 0) {
		fmt.Fprintln(out, line)
		return nil
	}
	if len(m.faults) > 0 {
		line += "; " + count(len(m.faults), "fault")
	}
	fmt.Fprintln(errs, line)
	return &failure{1, nil}
}

// gains counts the new parts.
func gains(r merge.Report) (parts []string) {
	for _, p := range []struct {
		n    int
		noun string
	}{{r.Operations, "new operation"}, {r.Fields, "new field"}, {r.Values, "new enum value"}} {
		if p.n > 0 {
			parts = append(parts, count(p.n, p.noun))
		}
	}
	if r.Removed > 0 {
		parts = append(parts, count(r.Removed, "part")+" taken away")
	}
	if len(parts) == 0 {
		parts = []string{"nothing new"}
	}
	return parts
}

// taken counts the imported pages and the named ones.
func (m *importer) taken(pages int) string {
	total := len(m.files)
	if m.good == total && pages >= m.good { // one page may have several paths
		return count(total, "page") + " read"
	}
	return fmt.Sprintf("%d of %s read", min(pages, m.good), count(total, "page"))
}
