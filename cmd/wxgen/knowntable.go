package main

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/merge"
	"github.com/wxgen/wxgen/internal/replace"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/spec"
)

// knownFile is the table of intended contradictions between a description and its pages.
const knownFile = "known.tsv"

const knownHead = "# What this description has otherwise than the pages, on purpose: operation, " +
	"and how they disagree. wxgen import --accept adds to it."

// knownTable is such a table: lines of operation and contradiction, separated by a tab.
type knownTable struct {
	file string
	text string // the content of the file; "" if there is none
	rows map[string]bool
	ours map[string]bool // the rows of the built-in table
}

// readKnown reads the table of the description in a folder, and the built-in one.
func readKnown(dir string) (*knownTable, error) {
	k := &knownTable{file: filepath.Join(dir, knownFile)}
	ours, err := fs.ReadFile(spec.Tables, knownFile)
	if err == nil {
		k.ours, err = knownRows("wxgen/spec/"+knownFile, string(ours))
	}
	if err != nil || !exists(k.file) {
		k.rows = map[string]bool{}
		return k, err
	}
	src, err := source.ReadFile(k.file)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", k.file, fault.Cause(err))
	}
	k.text = string(src)
	k.rows, err = knownRows(filepath.ToSlash(k.file), k.text)
	return k, err
}

// knownRows are the rows of a table.
func knownRows(file, text string) (map[string]bool, error) {
	rows, n := map[string]bool{}, 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		line = strings.TrimRight(line, "\r")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if cells := strings.Split(line, "\t"); len(cells) != 2 || cells[0] == "" || cells[1] == "" {
			return nil, &failure{1, fmt.Errorf("%s:%d: wanted two cells with a tab between, "+
				"the operation and how it disagrees; import --accept writes such lines", file, n)}
		}
		rows[line] = true
	}
	return rows, nil
}

func knownRow(operation, what string) string {
	return operation + "\t" + strings.Join(strings.Fields(what), " ")
}

// has reports whether a contradiction is in one of the tables.
func (k *knownTable) has(operation, what string) bool {
	row := knownRow(operation, what)
	return k.rows[row] || k.ours[row]
}

// accept adds contradictions to the table. Its lines are sorted, so that changes are easy to
// review.
func (k *knownTable) accept(ctx context.Context, some []*merge.Contradiction,
	wait func(string)) error {
	for _, c := range some {
		k.rows[knownRow(c.Operation, c.What)] = true
	}
	lines := []string{knownHead}
	for row := range k.rows {
		lines = append(lines, row)
	}
	slices.Sort(lines[1:])
	next := strings.Join(lines, "\n") + "\n"
	if len(some) == 0 || next == k.text {
		return nil
	}
	old := []byte(k.text)
	if k.text == "" {
		old = nil
	}
	return replace.Files(ctx, map[string]replace.File{k.file: {Old: old, New: []byte(next)}}, wait)
}
