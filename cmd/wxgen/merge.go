package main

import (
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/merge"
	"github.com/wxgen/wxgen/internal/page"
	"github.com/wxgen/wxgen/internal/replace"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/spec"
)

const shared = "components.yaml"

// merge merges the pages into the description and writes all changed files or none. It returns the
// number of merged pages.
func (m *importer) merge(c *cobra.Command, pages []*page.Page) (report merge.Report,
	taken, changed int, err error) {
	if err := m.narrow(pages); err != nil {
		return report, len(pages), 0, err
	}
	w, err := m.workspace()
	if err != nil || m.broken {
		return report, len(pages), 0, err
	}
	defer w.close()
	known, err := readKnown(w.dir)
	if err != nil {
		return report, 0, 0, err
	}
	t, err := newTable(w)
	if err != nil {
		return report, 0, 0, err
	}
	pages, out, report, err := m.readable(t, pages, known)
	if err != nil {
		return report, 0, 0, err
	}
	changes := map[string]replace.File{}
	for name, text := range out {
		changes[w.path(name)] = replace.File{Old: w.files[name], New: text}
	}
	if file, change, done := m.include(c, report.New); done != "" {
		m.included = done
		if file != "" {
			changes[file] = change
		}
	}
	m.tell(report, t)
	ctx, stop := writing(c)
	defer stop()
	if err := replace.Files(ctx, changes, waiting(c)); err != nil {
		return report, 0, 0, err
	}
	if m.accept {
		m.accepted = len(report.Contradictions)
		if err := known.accept(ctx, report.Contradictions, waiting(c)); err != nil {
			return report, 0, 0, err
		}
	}
	var all []string
	for name := range w.files {
		all = append(all, w.path(name))
	}
	return report, len(pages), len(out), replace.Clear(ctx, slices.Values(all), waiting(c))
}

// narrow has only that part of the built-in description read that the pages and the layers concern.
// To prune, all of it is read: what a page lacks may have other uses.
func (m *importer) narrow(pages []*page.Page) error {
	if dir, err := m.lowest(); err != nil || dir != "" || m.prune {
		return err
	}
	m.description.include, m.inLayers = nil, true
	for _, p := range pages {
		part := "webhooks"
		if p.Event == "" {
			part = route.Service(p.Path)
		}
		if !slices.Contains(m.description.include, part) {
			m.description.include = append(m.description.include, part)
		}
	}
	return nil
}

// table is the whole description that pages are merged into. The workspace is a part of it.
type table struct {
	*workspace
	description *load.Whole
	lower       map[string][]byte // the part below the workspace
	// lacks reports that the description has no components.yaml, to which every service refers.
	lacks bool
}

func newTable(w *workspace) (*table, error) {
	t := &table{workspace: w}
	var err error
	if t.description, err = w.whole(); err != nil {
		return nil, err
	}
	if t.lower, err = w.below(); err != nil {
		return nil, err
	}
	if t.description.Texts[shared] == nil {
		t.lacks = !t.part.Sound // the built-in one has it, whatever part of it is read
		t.description.Texts = maps.Clone(t.description.Texts)
		t.description.Texts[shared], err = fs.ReadFile(spec.FS, shared)
	}
	return t, err
}

// merge merges pages, and returns the changed files of the workspace.
func (t *table) merge(pages []*page.Page, opts merge.Options) (map[string][]byte, merge.Report) {
	out, report := merge.With(t.description.Texts, pages, opts)
	if t.under != nil && len(out) > 0 {
		var faults fault.List
		out, faults = merge.Onto(t.files, t.lower, t.description.Texts, out)
		report.Faults = append(report.Faults, faults...)
	}
	if t.lacks && len(out) > 0 && out[shared] == nil {
		out[shared] = t.description.Texts[shared]
	}
	return out, report
}

// placed gives the file of a fault its path. Pages have theirs already.
func (t *table) placed(f fault.Fault) fault.Fault {
	if t.description.Texts[f.File] == nil {
		return f
	}
	if t.under == nil {
		f.File = filepath.ToSlash(t.path(f.File))
	} else {
		f.File, f.Line, f.Col = t.description.Origin(f.File, f.Line, f.Col)
	}
	return f
}

// tell stores the results of a merge for the end of the import.
func (m *importer) tell(report merge.Report, t *table) {
	for _, f := range report.Faults {
		m.faults = append(m.faults, t.placed(f).Error())
	}
	for _, c := range report.Contradictions {
		switch text := t.placed(c.Fault).Error(); {
		case m.accept:
		case c.Name:
			m.notes = append(m.notes, text)
		default:
			m.faults = append(m.faults, text)
		}
	}
	for i, f := range m.open {
		m.open[i].File = filepath.ToSlash(t.path(f.File))
	}
}

// readable merges the pages and drops those whose result generate could not read, with a fault for
// each.
func (m *importer) readable(t *table, pages []*page.Page, known *knownTable) ([]*page.Page,
	map[string][]byte, merge.Report, error) {
	files := t.files
	if t.lacks {
		files = maps.Clone(files)
		files[shared] = t.description.Texts[shared]
	}
	before, err := t.faults(files, load.Options{AllowTODO: true})
	if err != nil {
		return nil, nil, merge.Report{}, err
	}
	for {
		out, report := t.merge(pages,
			merge.Options{Prune: m.prune, Keep: m.accept, Known: known.has})
		after := maps.Clone(files)
		maps.Copy(after, out)
		var open fault.List
		faults, err := t.faults(after, load.Options{AllowTODO: true, Warn: func(f fault.Fault) {
			if f.Question {
				open = append(open, f)
			}
		}})
		if err != nil {
			return nil, nil, report, err
		}
		faults = slices.DeleteFunc(faults, func(f fault.Fault) bool {
			return slices.ContainsFunc(before, sameAs(f))
		})
		if len(faults) == 0 {
			m.open = open
			return pages, out, report, nil
		}
		left := slices.DeleteFunc(slices.Clone(pages), func(p *page.Page) bool {
			return m.blame(p, faults, after)
		})
		if len(left) == len(pages) { // no page is to blame, so none is imported
			for _, f := range faults {
				m.faults = append(m.faults,
					"nothing is imported, since generate would not read it: "+f.Error())
			}
			left = nil
		}
		pages = left
	}
}

// sameAs compares faults without their lines, which a merge may move.
func sameAs(f fault.Fault) func(fault.Fault) bool {
	return func(g fault.Fault) bool { return f.File == g.File && f.What == g.What }
}

// blame reports whether a page causes one of the faults, and adds a fault for it.
func (m *importer) blame(p *page.Page, faults fault.List, files map[string][]byte) bool {
	for _, f := range faults {
		if place := placeOf(string(files[f.File]), f.Line); place == p.Path+p.Event ||
			place == "" && mentions(files[f.File], p) {
			m.faults = append(m.faults,
				fmt.Sprintf("%s: not imported, since generate would not read what it makes: %s; %s",
					p.File, f.What, f.Mend))
			return true
		}
	}
	return false
}

var entryLine = regexp.MustCompile(`^  ("?)([^\s"#:]+)("?):`)

// placeOf is the path or event of a line; "" for a shared part.
func placeOf(text string, line int) string {
	lines := strings.Split(text, "\n")
	for _, l := range slices.Backward(lines[:min(line, len(lines))]) {
		if entry := entryLine.FindStringSubmatch(l); entry != nil {
			if strings.HasPrefix(entry[2], "/") || strings.ToUpper(entry[2]) == entry[2] {
				return entry[2]
			}
			return ""
		}
	}
	return ""
}

// mentions reports whether a file has the entry of a page.
func mentions(text []byte, p *page.Page) bool {
	return strings.Contains(string(text), "\n  "+p.Path+p.Event+":")
}
