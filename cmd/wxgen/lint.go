package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/fault"
)

func newLint() *cobra.Command {
	l := new(linter)
	c := &cobra.Command{
		Use:   "lint",
		Short: "Report every fault of the description",
		Long: `Lint reports all faults in all files of the description at once, each with its file and position.
Lint alone also compares examples with their schemas. If the description has no faults,
kin-openapi reads it, too, so that other OpenAPI tools can.

A warning names something that is probably wrong but may be right, so that a person has to decide.
Warnings do not change the exit code.

With --fix, lint first mends what has exactly one right mend: a misspelt key or type, a text
without its quotes, a missing "required: true", a key that has no meaning where it stands. It says
what it mended, and then reports what is left.

Exit codes: 0 no faults; 1 faults; 2 the description cannot be read.`,
		Example: `  wxgen lint
  wxgen lint --fix
  wxgen lint --spec api/wechatpay --format json
  wxgen lint --format sarif > wxgen.sarif`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return l.lint(c) },
	}
	l.layerFlags(c)
	c.Flags().BoolVar(&l.mends, "fix", false, "mend faults that have exactly one right mend")
	l.todoFlag(c)
	formatFlag(c, &l.format, lintFormats)
	return c
}

var lintFormats = []string{"text", "json", "github", "sarif"}

func (l *linter) lint(c *cobra.Command) error {
	if err := knownFormat(l.format, lintFormats); err != nil {
		return err
	}
	l.warn = func(f fault.Fault) { l.warnings = append(l.warnings, f) }
	if l.mends {
		if err := l.fix(c); err != nil {
			return err
		}
	}
	progress := newProgress(c.ErrOrStderr())
	api, err := l.readTwice(progress)
	progress.stop()
	faults, faulty := fault.As(err)
	if err != nil && !faulty {
		return err
	}
	if err := l.write(c.OutOrStdout(), faults); err != nil {
		return err
	}
	switch {
	case faulty:
		fmt.Fprintf(c.ErrOrStderr(), "wxgen: %s\n", summary(faults))
		return &failure{1, nil}
	case l.format == "text" || l.format == "github":
		fmt.Fprintf(c.OutOrStdout(), "wxgen: no faults%s in %s\n", l.warned(), operations(api))
	}
	return nil
}
