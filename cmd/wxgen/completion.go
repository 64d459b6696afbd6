package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// complete makes a shell complete words out of a list, which is that of the description that
// wxgen.yaml names. It is quiet about errors: the command itself tells them.
func complete(all func() []string) cobra.CompletionFunc {
	return func(c *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		_ = configure(c)
		fits := slices.DeleteFunc(all(), func(name string) bool {
			return !strings.HasPrefix(strings.ToLower(name), strings.ToLower(typed))
		})
		return fits, cobra.ShellCompDirectiveNoFileComp
	}
}

// choice lets a flag take some words alone: a shell completes them, and wxgen.yaml has no others.
func choice(c *cobra.Command, flag string, words []string) {
	c.RegisterFlagCompletionFunc(flag,
		cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	c.Flags().SetAnnotation(flag, wordsOfFlag, words)
}
