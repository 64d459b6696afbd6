package main

import (
	"github.com/wxgen/wxgen/internal/fault"
)

// importer is the verb import.
type importer struct {
	description
	corrections string
	prune       bool
	accept      bool
	accepted    int                               // contradictions that became known
	included    string                            // what became of include in wxgen.yaml
	tables      []string                          // of corrections
	files       map[string]func() ([]byte, error) // of pages
	good        int                               // pages that could be
	faults      []string
	notes       []string   // what is to be known, and no fault
	open        fault.List // questions that are open after the import
	broken      bool       // the corrections cannot be read: nothing is imported
}

func (m *importer) pageFaults(faults fault.List) {
	for _, f := range faults {
		if f.Note {
			m.notes = append(m.notes, f.Error())
			continue
		}
		m.faults = append(m.faults, f.Error())
	}
}

// correctionsFile is what corrections are called where they lie beside pages, or in a description.
const correctionsFile = "corrections.tsv"
