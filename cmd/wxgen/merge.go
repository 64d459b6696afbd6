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
	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/merge"
	"github.com/wxgen/wxgen/internal/page"
	"github.com/wxgen/wxgen/internal/replace"
	"github.com/wxgen/wxgen/spec"
)

const shared = "components.yaml"

// merge merges the pages into the description and writes what changes, all or nothing. It returns
// how many pages it took.
func (m *importer) merge(c *cobra.Command, pages []*page.Page) (report merge.Report,
	taken, changed int, err error) {
	dir, err := m.folder()
	if err != nil || m.broken {
		return report, len(pages), 0, err
	}
	files, err := readSpec(dir)
	if err != nil {
		return report, 0, 0, err
	}
	was := len(files)
	if files[shared] == nil { // what every service refers to
		if files[shared], err = fs.ReadFile(spec.FS, shared); err != nil {
			return report, 0, 0, err
		}
	}
	known, err := readKnown(dir)
	if err != nil {
		return report, 0, 0, err
	}
	pages, out, report, err := m.readable(files, pages, known)
	if err != nil {
		return report, 0, 0, err
	}
	if len(files) > was && len(out) > 0 && out[shared] == nil {
		out[shared], files[shared] = files[shared], nil
	}
	changes := map[string]replace.File{}
	for name, text := range out {
		changes[filepath.Join(dir, filepath.FromSlash(name))] = replace.File{Old: files[name],
			New: text}
	}
	m.tell(report, dir, files)
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
	for name := range files {
		all = append(all, filepath.Join(dir, filepath.FromSlash(name)))
	}
	return report, len(pages), len(changes), replace.Clear(ctx, slices.Values(all), waiting(c))
}

// tell keeps what a merge found for the end of the import.
func (m *importer) tell(report merge.Report, dir string, files map[string][]byte) {
	for _, f := range report.Faults {
		m.faults = append(m.faults, m.placed(f, dir, files).Error())
	}
	for _, c := range report.Contradictions {
		switch text := m.placed(c.Fault, dir, files).Error(); {
		case m.accept:
		case c.Name:
			m.notes = append(m.notes, text)
		default:
			m.faults = append(m.faults, text)
		}
	}
	for i, f := range m.open {
		m.open[i].File = filepath.ToSlash(filepath.Join(dir, f.File))
	}
}

// placed puts the folder before the name of a file of the description; pages have their whole name
// already.
func (m *importer) placed(f fault.Fault, dir string, files map[string][]byte) fault.Fault {
	if files[f.File] != nil {
		f.File = filepath.ToSlash(filepath.Join(dir, f.File))
	}
	return f
}

// readable merges the pages of which generate can read what they make, and names the others.
func (m *importer) readable(files map[string][]byte, pages []*page.Page,
	known *knownTable) ([]*page.Page, map[string][]byte, merge.Report, error) {
	before, err := faultsOf(files, load.Options{AllowTODO: true})
	if err != nil {
		return nil, nil, merge.Report{}, err
	}
	for {
		out, report := merge.With(files, pages,
			merge.Options{Prune: m.prune, Keep: m.accept, Known: known.has})
		after := maps.Clone(files)
		maps.Copy(after, out)
		var open fault.List
		faults, err := faultsOf(after, load.Options{AllowTODO: true, Warn: func(f fault.Fault) {
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
		if len(left) == len(pages) { // nobody's, so everybody's
			for _, f := range faults {
				m.faults = append(m.faults,
					"nothing is imported, since generate would not read it: "+f.Error())
			}
			left = nil
		}
		pages = left
	}
}

// sameAs compares faults but for the line: what a merge adds moves what stands below it.
func sameAs(f fault.Fault) func(fault.Fault) bool {
	return func(g fault.Fault) bool { return f.File == g.File && f.What == g.What }
}

// faultsOf reads a description that is not on the disk as generate does.
func faultsOf(files map[string][]byte, opts load.Options) (fault.List, error) {
	archive := new(txtar.Archive)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: files[name]})
	}
	fsys, err := txtar.FS(archive)
	if err != nil {
		return nil, err
	}
	_, err = load.Dir(fsys, opts)
	faults, _ := fault.As(err) // that there is no document yet is none
	return faults, nil
}

// blame reports whether one of the faults is in what a page makes, and says so.
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

// placeOf is the path or event that a line belongs to; "" if it is part of what several share.
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
