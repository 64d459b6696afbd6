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
	accepted    int                               // contradictions added to known.tsv
	included    string                            // the change of include in wxgen.yaml
	tables      []string                          // tables of corrections
	files       map[string]func() ([]byte, error) // pages by name
	good        int                               // number of pages that could be read
	faults      []string
	notes       []string   // for information, and no faults
	open        fault.List // open questions after the import
	broken      bool       // the corrections cannot be read, so nothing is imported
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

// correctionsFile is the name of a table of corrections, beside pages or in a description.
const correctionsFile = "corrections.tsv"
