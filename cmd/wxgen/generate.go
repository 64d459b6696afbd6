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

The output folder then holds this code and no older code of wxgen. With --include, it holds the
code of the included parts alone. Generate writes only files that changed: all of them or, if
something fails, none. It removes a file only if the file lies below the output folder and its
first line says that wxgen wrote it. It follows no symlinks and touches no other file.

Generate stops before a run that would remove most of the code, or that would generate from another
description than the last run did (the built-in one, or a folder). --force lets it go on.`,
		Example: `  wxgen generate
  wxgen generate --include payroll-card,/v3/pay/**
  wxgen generate --spec api/wechatpay --out internal/wechatpay`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return g.generate(c) },
	}
	g.flags(c)
	c.Flags().BoolVar(&g.force, "force", false,
		"also remove most of the code, or change to another description")
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
