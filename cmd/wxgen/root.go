package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wxgen/wxgen/internal/spell"
)

// newRoot makes the command line. Each verb is a file of this package, and a line here.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "wxgen",
		Short: "Turn an OpenAPI description of WeChat Pay into a Go client",
		Long: `wxgen turns an OpenAPI description of WeChat Pay into a Go client.

Exit codes: 0 success; 1 the answer is no (the description has faults, the code is not current);
2 there is no answer (wrong usage, or a file cannot be read or written).`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs, // so that RunE writes the errors
		RunE:          noVerb,

		PersistentPreRunE: func(c *cobra.Command, _ []string) error { return configure(c) },
	}
	root.PersistentFlags().String("config", "",
		"`file` of settings (default: wxgen.yaml here or above, up to the root of the module)")
	root.MarkPersistentFlagFilename("config", "yaml", "yml")
	root.SuggestionsMinimumDistance = 2 // letters
	root.SetVersionTemplate("wxgen {{.Version}}\n")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		// flags after a misspelt verb are not the fault
		if i := slices.IndexFunc(os.Args[1:], isWord); c == root && i >= 0 {
			return noVerb(root, os.Args[1+i:])
		}
		return fmt.Errorf("%w; %s", err,
			cmp.Or(nearFlag(c, err), c.CommandPath()+" --help lists the flags"))
	})
	root.AddCommand(
		newInit(),
		newGenerate(),
		newCheck(),
		newLint(),
		newList(),
		newImport(),
		newNew(),
		newSchema(),
		newExport(),
		newBundle(),
		newDiff(),
		newFmt(),
		newMock(),
	)
	return root
}

// nearFlag suggests the flag that a misspelt one probably means; "" if none is near.
func nearFlag(c *cobra.Command, err error) string {
	unknown, ok := errors.AsType[*pflag.NotExistError](err)
	if !ok {
		return ""
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	near := spell.Nearest(unknown.GetSpecifiedName(), names)
	if near == "" {
		return ""
	}
	return "did you mean --" + near + "?"
}

func isWord(arg string) bool { return !strings.HasPrefix(arg, "-") }

// noVerb handles a missing or unknown verb.
func noVerb(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		root.SetOut(root.ErrOrStderr())
		return &failure{2, root.Help()}
	}
	if near := root.SuggestionsFor(args[0]); len(near) > 0 {
		return fmt.Errorf("unknown verb %q; did you mean %s?", args[0], strings.Join(near, " or "))
	}
	return fmt.Errorf("unknown verb %q; wxgen --help lists the verbs", args[0])
}
