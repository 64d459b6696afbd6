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
		Long: `Lint reports every fault of every file of the description at once, by file and position, and holds examples against their
schemas, which no other verb minds. What has none is read once
more by kin-openapi, so that it serves other OpenAPI tools too.

A warning is about what a person has to decide: what may be right and is probably wrong. It changes no exit code.

With --fix it first mends what has one right mend (a misspelt key or type, a text without its quotes, a missing required:
true, what has no meaning where it stands), says what it mended, and reports what is left.

Exit codes: 0 no faults; 1 faults; 2 the description cannot be read.`,
		Example: `  wxgen lint
  wxgen lint --fix
  wxgen lint --spec api/wechatpay --format json
  wxgen lint --format sarif > wxgen.sarif`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return l.lint(c) },
	}
	l.layerFlags(c)
	c.Flags().BoolVar(&l.mends, "fix", false, "mend what has one right mend")
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
