package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// complete makes a shell complete words of the description in wxgen.yaml. It ignores errors, which
// the command itself reports.
func complete(all func() []string) cobra.CompletionFunc {
	return func(c *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		_ = configure(c)
		fits := slices.DeleteFunc(all(), func(name string) bool {
			return !strings.HasPrefix(strings.ToLower(name), strings.ToLower(typed))
		})
		return fits, cobra.ShellCompDirectiveNoFileComp
	}
}

// choice limits a flag to some words, for completion and for wxgen.yaml.
func choice(c *cobra.Command, flag string, words []string) {
	c.RegisterFlagCompletionFunc(flag,
		cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	c.Flags().SetAnnotation(flag, wordsOfFlag, words)
}
