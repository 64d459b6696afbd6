package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/output"
	"github.com/wxgen/wxgen/internal/replace"
)

func newGenerate() *cobra.Command {
	g := new(generation)
	c := &cobra.Command{
		Use:   "generate",
		Short: "Write the Go code",
		Long: `Generate writes the Go code of a description.

The output folder then holds that code and no older code of wxgen; with --include, that of the subset alone. Only files
that changed are written, all of them or, if something fails, none. A file is removed only if it lies below the output
folder and its first line says that wxgen wrote it. Symlinks are not followed, and no other file is touched.

A run that would take away most of the code, or generate from another description than the one before it (the built-in
one, or a folder), says so and wants --force.`,
		Example: `  wxgen generate
  wxgen generate --include payroll-card,/v3/pay/**
  wxgen generate --spec api/wechatpay --out internal/wechatpay`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return g.generate(c) },
	}
	g.flags(c)
	c.Flags().BoolVar(&g.force, "force", false,
		"also take away most of the code, or change to another description")
	return c
}

func (g *generation) generate(c *cobra.Command) error {
	if err := g.compare(c); err != nil {
		return err
	}
	if why := g.surprises(); len(why) > 0 && !g.force {
		return fmt.Errorf("%s; nothing was changed; if that is what you want: %s",
			strings.Join(why, "; "), g.command("generate"))
	}
	ctx, stop := writing(c)
	defer stop()
	if err := g.plan.Write(ctx, waiting(c)); err != nil {
		return err
	}
	if len(g.beside) > 0 {
		if err := replace.Files(ctx, g.beside, waiting(c)); err != nil {
			return err
		}
	}
	fmt.Fprintf(c.OutOrStdout(), "wxgen: %s in %s: %s, %d written, %d removed, %s\n",
		operations(g.api), g.plan.Dir,
		count(g.plan.Total, "file"), g.plan.Count(output.Changed)+g.plan.Count(output.Missing),
		g.plan.Count(output.Stale), g.took())
	return nil
}
