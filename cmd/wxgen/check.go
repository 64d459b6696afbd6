package main

import (
	"bufio"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/annotate"
	"github.com/wxgen/wxgen/internal/output"
)

const (
	diffLines = 20 // lines for each file: they show the kind of change
	diffFiles = 10
)

func newCheck() *cobra.Command {
	g := new(generation)
	format := ""
	c := &cobra.Command{
		Use:   "check",
		Short: "Report whether the Go code is current",
		Long: `Check compares the Go code with the description and writes nothing. It needs neither git nor a
network, works on a read-only tree, and reads CRLF as LF.

Exit codes: 0 the code is current; 1 it is not, and check lists the files; 2 check cannot tell, for
example because the description has faults.`,
		Example: `  wxgen check
  wxgen check --include payroll-card
  wxgen check --format github`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return g.check(c, format) },
	}
	g.flags(c)
	formatFlag(c, &format, checkFormats)
	return c
}

var checkFormats = []string{"text", "json", "github"}

func (g *generation) check(c *cobra.Command, format string) error {
	if err := knownFormat(format, checkFormats); err != nil {
		return err
	}
	if err := g.compare(c); err != nil {
		return g.untold(c, format, err)
	}
	w := bufio.NewWriter(c.OutOrStdout())
	defer w.Flush()
	if format == "json" {
		if err := writeJSON(w, g.checked()); err != nil {
			return err
		}
	}
	current := len(g.plan.Differences) == 0 && len(g.beside) == 0
	switch {
	case format == "json":
	case current:
		fmt.Fprintf(w, "wxgen: %s in %s: %s, all current, %s\n", operations(g.api), g.plan.Dir,
			count(g.plan.Total, "file"), g.took())
	case format == "github":
		if err := annotate.GitHub(w, g.notes()); err != nil {
			return err
		}
	default:
		g.differences(w)
		fmt.Fprintf(w, "wxgen: %s; to mend: %s\n", g.outcome(), g.mend())
	}
	if current {
		return nil
	}
	return &failure{1, nil}
}

// differences lists the files that differ, and the diffs of the first ones.
func (g *generation) differences(w *bufio.Writer) {
	diffs := 0
	for _, d := range g.plan.Differences {
		name := filepath.Join(g.plan.Dir, filepath.FromSlash(d.Path))
		switch d.Kind {
		case output.Blocked:
			fmt.Fprintf(w, "%s %s: %s\n", d.Kind, name, d.Why)
		case output.Changed:
			fmt.Fprintf(w, "%s %s\n", d.Kind, name)
			if diffs++; diffs <= diffFiles {
				w.WriteString(g.plan.Diff(d, diffLines))
			}
		default:
			fmt.Fprintf(w, "%s %s\n", d.Kind, name)
		}
	}
	for _, name := range g.besides() {
		fmt.Fprintf(w, "changed %s\n", name)
	}
}
