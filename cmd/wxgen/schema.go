package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/schema"
	"github.com/wxgen/wxgen/internal/spell"
)

// schemas are the names of the schemas.
var schemas = []string{"description", "config"}

func newSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema [description|config]",
		Short: "Print a JSON Schema, for editors",
		Long: `Schema prints the JSON Schema of the files of a description, or that of wxgen.yaml. With it, an
editor completes keys, tells what each means, and underlines what wxgen would refuse. Wxgen lint
finds more.

Name the schema's file in the first line of a YAML file:
  # yaml-language-server: $schema=../../wxgen.schema.json
or in the settings of the editor, as docs/editors-and-ci.md shows.`,
		Example: `  wxgen schema > wxgen.schema.json
  wxgen schema config > wxgen.config.schema.json`,
		ValidArgs: schemas,
		Args:      knownSchema,
		RunE: func(c *cobra.Command, args []string) error {
			text := schema.Description
			if len(args) > 0 && args[0] == "config" {
				text = func() []byte { return schema.Config(verbFlags(c.Root())) }
			}
			_, err := c.OutOrStdout().Write(text())
			return err
		},
		Annotations: map[string]string{unconfigured: ""}, // it helps to mend wxgen.yaml
	}
}

func knownSchema(_ *cobra.Command, args []string) error {
	switch {
	case len(args) > 1:
		return fmt.Errorf("wxgen schema prints one schema, not %d; name %s", len(args),
			either(schemas))
	case len(args) == 0 || args[0] == schemas[0] || args[0] == schemas[1]:
		return nil
	}
	if near := spell.Nearest(args[0], schemas); near != "" {
		return fmt.Errorf("no schema %q%s", args[0], didYouMean(near))
	}
	return fmt.Errorf("no schema %q; name %s", args[0], either(schemas))
}
