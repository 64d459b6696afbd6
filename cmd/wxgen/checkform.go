package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/annotate"
	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/output"
)

// The output of check for programs.

// checked is the result of check.
type checked struct {
	Current     bool             `json:"current"`
	Folder      string           `json:"folder"`
	Files       int              `json:"files"` // number of wanted files
	Differences []jsonDifference `json:"differences"`
	Mend        string           `json:"mend,omitzero"` // the command that makes the code current
}

// jsonDifference is a file that is not current.
type jsonDifference struct {
	Kind string `json:"kind"` // changed, missing, stale or blocked
	File string `json:"file"`
	Line int    `json:"line,omitzero"` // the first different line of a changed file
	Why  string `json:"why,omitzero"`  // the obstacle in the place of a blocked file
}

func (g *generation) checked() checked {
	out := checked{Folder: filepath.ToSlash(g.plan.Dir), Files: g.plan.Total,
		Differences: []jsonDifference{}}
	for _, d := range g.plan.Differences {
		name := filepath.ToSlash(filepath.Join(g.plan.Dir, filepath.FromSlash(d.Path)))
		out.Differences = append(out.Differences,
			jsonDifference{d.Kind.String(), name, firstLine(d), d.Why})
	}
	for _, name := range g.besides() {
		out.Differences = append(out.Differences,
			jsonDifference{Kind: output.Changed.String(), File: filepath.ToSlash(name)})
	}
	if out.Current = len(out.Differences) == 0; !out.Current {
		out.Mend = g.mend()
	}
	return out
}

// notes are the differences, for a code host. The outcome goes first, since hosts show only the
// first few.
func (g *generation) notes() []annotate.Note {
	all := []annotate.Note{{Level: "error", Text: g.outcome() + "; to mend: " + g.mend()}}
	for _, d := range g.checked().Differences {
		text := "this file is " + d.Kind
		if d.Why != "" {
			text += ": " + d.Why
		}
		all = append(all, annotate.Note{Level: "error", File: d.File, Line: d.Line, Text: text})
	}
	return all
}

// firstLine is the first different line of a changed file. It ignores line endings.
func firstLine(d output.Difference) int {
	if d.Kind != output.Changed {
		return 0
	}
	was := bytes.Split(bytes.ReplaceAll(d.Old, []byte("\r\n"), []byte("\n")), []byte("\n"))
	is := bytes.Split(d.New, []byte("\n"))
	for i := range min(len(was), len(is)) {
		if !bytes.Equal(was[i], is[i]) {
			return i + 1
		}
	}
	return min(len(was), len(is))
}

// untold reports a check without an answer. Faults of the description go to the output for
// findings.
func (g *generation) untold(c *cobra.Command, format string, err error) error {
	faults, faulty := fault.As(err)
	if !faulty || format == "text" {
		return &failure{2, err}
	}
	w := c.OutOrStdout()
	if format == "json" {
		err = writeJSON(w, struct {
			Current bool        `json:"current"`
			Faults  []jsonFault `json:"faults"`
		}{false, jsonFaults("error", faults)})
	} else {
		err = annotate.GitHub(w, notes(faults, nil))
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(c.ErrOrStderr(), "wxgen: %s\n", summary(faults))
	return &failure{2, nil}
}

// outcome is the sentence that the code is not current.
func (g *generation) outcome() string {
	what, how := g.plan.Dir, kinds(g.plan)
	if how == "" {
		what, how = g.besides()[0], fmt.Sprintf("%d changed", len(g.beside))
	}
	return fmt.Sprintf("%s is not current: %s", what, how)
}

// mend is the command that makes the code current.
func (g *generation) mend() string {
	mend := g.command("generate")
	if g.plan.Count(output.Blocked) > 0 {
		mend = "move what is in the way, then " + mend
	}
	return mend
}

// kinds counts the differences by their kind.
func kinds(p *output.Plan) string {
	var parts []string
	for k := output.Changed; k <= output.Blocked; k++ {
		if n := p.Count(k); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, k))
		}
	}
	return strings.Join(parts, ", ")
}
