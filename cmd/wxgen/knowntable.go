package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/merge"
	"github.com/wxgen/wxgen/internal/replace"
	"github.com/wxgen/wxgen/internal/source"
)

// knownFile lists, beside a description, where it has something otherwise than its pages on
// purpose.
const knownFile = "known.tsv"

const knownHead = "# What this description has otherwise than the pages, on purpose: operation, " +
	"and how they disagree. wxgen import --accept adds to it."

// knownTable is that list: lines of operation and disagreement, with a tab between.
type knownTable struct {
	file string
	text string // as it is on the disk; "" if it is not there
	rows map[string]bool
}

// readKnown reads the list of the description in a folder.
func readKnown(dir string) (*knownTable, error) {
	k := &knownTable{file: filepath.Join(dir, knownFile), rows: map[string]bool{}}
	if !exists(k.file) {
		return k, nil
	}
	src, err := source.ReadFile(k.file)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", k.file, fault.Cause(err))
	}
	k.text = string(src)
	n := 0
	for line := range strings.SplitSeq(k.text, "\n") {
		n++
		line = strings.TrimRight(line, "\r")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if cells := strings.Split(line, "\t"); len(cells) != 2 || cells[0] == "" || cells[1] == "" {
			return nil, &failure{
				1, fmt.Errorf("%s:%d: wanted two cells with a tab between, the operation and how "+
					"it disagrees; import --accept writes such lines", filepath.ToSlash(k.file), n),
			}
		}
		k.rows[line] = true
	}
	return k, nil
}

func knownRow(operation, what string) string {
	return operation + "\t" + strings.Join(strings.Fields(what), " ")
}

// has reports whether a contradiction is in the list.
func (k *knownTable) has(operation, what string) bool { return k.rows[knownRow(operation, what)] }

// accept adds contradictions to the list. Lines stay in order, so that a change of it can be read.
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
