package main

import (
	"encoding/json"
	"fmt"
	"io"

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

Exit codes: 0 no faults; 1 faults; 2 the description cannot be read.`,
		Example: `  wxgen lint
  wxgen lint --spec api/wechatpay --format json`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return l.lint(c) },
	}
	l.flags(c)
	c.Flags().StringVar(&l.format, "format", "text", "text or json")
	return c
}

// linter is the verb lint.
type linter struct {
	description
	format string
}

func (l *linter) lint(c *cobra.Command) error {
	write, ok := map[string]func(io.Writer, load.Faults) error{"text": faultsText, "json": faultsJSON}[l.format]
	if !ok {
		return fmt.Errorf("unknown --format %q; use text or json", l.format)
	}
	progress := newProgress(c.ErrOrStderr())
	api, err := l.readTwice(progress)
	progress.stop()
	faults, faulty := load.AsFaults(err)
	if err != nil && !faulty {
		return err
	}
	if err := write(c.OutOrStdout(), faults); err != nil {
		return err
	}
	switch {
	case faulty:
		fmt.Fprintf(c.ErrOrStderr(), "wxgen: %s\n", summary(faults))
		return &failure{1, nil}
	case l.format == "text":
		fmt.Fprintf(c.OutOrStdout(), "wxgen: no faults in %s\n", operations(api))
	}
	return nil
}

func faultsText(w io.Writer, faults load.Faults) error {
	if len(faults) == 0 {
		return nil
	}
	_, err := fmt.Fprintln(w, faults)
	return err
}

// faultsJSON writes an array, empty if there is nothing to report.
func faultsJSON(w io.Writer, faults load.Faults) error {
	type fault struct {
		File string `json:"file"`
		Line int    `json:"line,omitzero"` // absent if the fault is not about one place
		Col  int    `json:"col,omitzero"`
		What string `json:"what"`
		Mend string `json:"mend,omitzero"`
	}
	list := make([]fault, len(faults))
	for i, f := range faults {
		list[i] = fault(f)
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
