package main

import (
	"io"
	"strings"

	"github.com/wxgen/wxgen/internal/annotate"
	"github.com/wxgen/wxgen/internal/fault"
)

// linter is the verb lint.
type linter struct {
	description
	format   string
	mends    bool
	warnings fault.List
}

// write writes the faults and the warnings in the chosen form.
func (l *linter) write(w io.Writer, faults fault.List) error {
	switch l.format {
	case "json":
		return faultsJSON(w, faults, l.warnings)
	case "github":
		return annotate.GitHub(w, notes(faults, l.warnings))
	case "sarif":
		return annotate.SARIF(w, version(), notes(faults, l.warnings))
	}
	return faultsText(w, faults, l.warnings)
}

// warned counts the warnings.
func (l *linter) warned() string {
	if len(l.warnings) == 0 {
		return ""
	}
	return " and " + count(len(l.warnings), "warning")
}

// faultsText writes the faults, and then the warnings.
func faultsText(w io.Writer, faults, warnings fault.List) error {
	var warned []string
	for _, f := range warnings {
		f.What = "warning: " + f.What
		warned = append(warned, f.Error())
	}
	lines := append(some(texts(faults)), some(warned)...)
	_, err := io.WriteString(w, strings.Join(append(lines, ""), "\n"))
	return err
}

// faultsJSON writes an array, which is empty without faults.
func faultsJSON(w io.Writer, faults, warnings fault.List) error {
	return writeJSON(w, append(jsonFaults("error", faults), jsonFaults("warning", warnings)...))
}

// jsonFault is a fault for programs.
type jsonFault struct {
	Level string `json:"level"` // error, or warning, for a person to decide
	File  string `json:"file"`
	Line  int    `json:"line,omitzero"` // absent if the fault is not about one place
	Col   int    `json:"col,omitzero"`
	What  string `json:"what"`
	Mend  string `json:"mend,omitzero"`
}

func jsonFaults(level string, faults fault.List) []jsonFault {
	list := []jsonFault{}
	for _, f := range faults {
		list = append(list, jsonFault{level, f.File, f.Line, f.Col, f.What, f.Mend})
	}
	return list
}
