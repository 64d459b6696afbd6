package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/annotate"
	"github.com/wxgen/wxgen/internal/fault"
)

// formatFlag adds the flag for the form of the output. The first form is the default.
func formatFlag(c *cobra.Command, format *string, all []string) {
	c.Flags().StringVar(format, "format", all[0], either(all))
	choice(c, "format", all)
}

// knownFormat refuses unknown forms.
func knownFormat(format string, all []string) error {
	if slices.Contains(all, format) {
		return nil
	}
	return fmt.Errorf("unknown --format %q; use %s", format, either(all))
}

// either lists words: "text, json or github".
func either(all []string) string {
	last := len(all) - 1
	return strings.Join(all[:last], ", ") + " or " + all[last]
}

// notes are faults, and then warnings, for code hosts.
func notes(faults, warnings fault.List) (all []annotate.Note) {
	for _, f := range faults {
		all = append(all, note("error", f))
	}
	for _, f := range warnings {
		all = append(all, note("warning", f))
	}
	return all
}

func note(level string, f fault.Fault) annotate.Note {
	text := f.What
	if f.Mend != "" {
		text += "; " + f.Mend
	}
	return annotate.Note{Level: level, File: f.File, Line: f.Line, Col: f.Col, Text: text}
}

// writeJSON writes a value for people and programs.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
