package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/output"
)

func newGenerate() *cobra.Command {
	g := new(generation)
	c := &cobra.Command{
		Use:   "generate",
		Short: "Write the Go code",
		Long: `Generate writes the Go code of a description.

The output folder then holds that code and no older code of wxgen; with --include, that of the subset alone. Only files
that changed are written, all of them or, if something fails, none. A file is removed only if it lies below the output
folder and its first line says that wxgen wrote it. Symlinks are not followed, and no other file is touched.`,
		Example: `  wxgen generate
  wxgen generate --include payroll-card,/v3/pay/**
  wxgen generate --spec api/wechatpay --out internal/wechatpay`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return g.generate(c) },
	}
	g.flags(c)
	return c
}

func (g *generation) generate(c *cobra.Command) error {
	if err := g.compare(c); err != nil {
		return err
	}
	if err := g.plan.Write(c.Context()); err != nil {
		return err
	}
	fmt.Fprintf(c.OutOrStdout(), "wxgen: %s in %s: %s, %d written, %d removed, %s\n", operations(g.api), g.plan.Dir,
		count(g.plan.Total, "file"), g.plan.Count(output.Changed)+g.plan.Count(output.Missing), g.plan.Count(output.Stale), g.took())
	return nil
}
