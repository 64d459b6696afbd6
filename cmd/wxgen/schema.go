package main

import (
	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/schema"
)

func newSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of a description, for editors",
		Long: `Schema prints the JSON Schema of the files of a description. Editors that have it complete keys, tell what each means,
and underline what wxgen lint would refuse; lint finds more.

Name its file in the first line of a YAML file:
  # yaml-language-server: $schema=../../wxgen.schema.json
or in the settings of the editor, as docs/editors.md shows.`,
		Example: `  wxgen schema > wxgen.schema.json`,
		Args:    noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := c.OutOrStdout().Write(schema.Description())
			return err
		},
	}
}
