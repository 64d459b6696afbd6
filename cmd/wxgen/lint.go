package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/load"
)

func newLint() *cobra.Command {
	l := new(linter)
	c := &cobra.Command{
		Use:   "lint",
		Short: "Report every fault of the description",
		Long: `Lint reports every fault of every file of the description at once, by file and position, and holds examples against their
schemas, which no other verb minds. What has none is read once
more by kin-openapi, so that it serves other OpenAPI tools too.

A warning is about what a person has to decide: what may be right and is probably wrong. It changes no exit code.

Exit codes: 0 no faults; 1 faults; 2 the description cannot be read.`,
		Example: `  wxgen lint
  wxgen lint --spec api/wechatpay --format json`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return l.lint(c) },
	}
	l.flags(c)
	c.Flags().StringVar(&l.format, "format", "text", "text or json")
	c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// linter is the verb lint.
type linter struct {
	description
	format   string
	warnings load.Faults
}

func (l *linter) lint(c *cobra.Command) error {
	write, ok := map[string]func(w io.Writer, faults, warnings load.Faults) error{"text": faultsText, "json": faultsJSON}[l.format]
	if !ok {
		return fmt.Errorf("unknown --format %q; use text or json", l.format)
	}
	l.warn = func(f load.Fault) { l.warnings = append(l.warnings, f) }
	progress := newProgress(c.ErrOrStderr())
	api, err := l.readTwice(progress)
	progress.stop()
	faults, faulty := load.AsFaults(err)
	if err != nil && !faulty {
		return err
	}
	if err := write(c.OutOrStdout(), faults, l.warnings); err != nil {
		return err
	}
	switch {
	case faulty:
		fmt.Fprintf(c.ErrOrStderr(), "wxgen: %s\n", summary(faults))
		return &failure{1, nil}
	case l.format == "text":
		fmt.Fprintf(c.OutOrStdout(), "wxgen: no faults%s in %s\n", l.warned(), operations(api))
	}
	return nil
}

// warned counts the warnings.
func (l *linter) warned() string {
	if len(l.warnings) == 0 {
		return ""
	}
	return " and " + count(len(l.warnings), "warning")
}

// faultsText writes the faults, and then the warnings.
func faultsText(w io.Writer, faults, warnings load.Faults) error {
	var warned []string
	for _, f := range warnings {
		f.What = "warning: " + f.What
		warned = append(warned, f.Error())
	}
	lines := append(some(texts(faults)), some(warned)...)
	_, err := io.WriteString(w, strings.Join(append(lines, ""), "\n"))
	return err
}

// faultsJSON writes an array, empty if there is nothing to report.
func faultsJSON(w io.Writer, faults, warnings load.Faults) error {
	type fault struct {
		Level string `json:"level"` // error, or warning: a person has to decide
		File  string `json:"file"`
		Line  int    `json:"line,omitzero"` // absent if the fault is not about one place
		Col   int    `json:"col,omitzero"`
		What  string `json:"what"`
		Mend  string `json:"mend,omitzero"`
	}
	list := []fault{}
	for _, f := range faults {
		list = append(list, fault{"error", f.File, f.Line, f.Col, f.What, f.Mend})
	}
	for _, f := range warnings {
		list = append(list, fault{"warning", f.File, f.Line, f.Col, f.What, f.Mend})
	}
	return writeJSON(w, list)
}

// writeJSON writes a value for people and programs.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
