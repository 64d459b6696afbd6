package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// noArgs is the rule for verbs without arguments.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no arguments, but there is %q; %s --help lists the flags",
			c.CommandPath(), args[0], c.CommandPath())
	}
	return nil
}

// version is the version of the module that this program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

// builtIn is the name of the description built into wxgen, for --spec in modules with a description
// of their own.
const builtIn = "builtin"
