package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/emit"
	"github.com/wxgen/wxgen/internal/output"
)

// compare renders the code and compares it with the output folder.
func (g *generation) compare(c *cobra.Command) error {
	g.start = time.Now()
	target, err := newTarget(g.out, g.module)
	if err != nil {
		return err
	}
	progress := newProgress(c.ErrOrStderr())
	defer progress.stop()
	if g.api, err = g.read(progress); err != nil {
		return err
	}
	progress.say("rendering %s", operations(g.api))
	files, err := emit.Files(g.api, emit.Config{Import: target.importPath, BuiltIn: g.builtIn})
	if err != nil {
		return err
	}
	progress.say("comparing %s", count(len(files), "file"))
	if g.plan, err = output.Compare(target.dir, files); err != nil {
		return err
	}
	g.beside, err = g.besideFiles(g.api)
	return err
}

// surprises lists changes that the user may not expect: another description than before, or a loss
// of most of the code.
func (g *generation) surprises() (why []string) {
	for _, d := range g.plan.Differences {
		if d.Path == emit.Index && d.Kind == output.Changed &&
			emit.FromBuiltIn(d.Old) != emit.FromBuiltIn(d.New) {
			from := [2]string{"the description built into wxgen", "a description in a folder"}
			if g.builtIn {
				slices.Reverse(from[:])
			}
			why = append(why, fmt.Sprintf("%s was generated from %s, and this is %s", g.plan.Dir,
				from[0], from[1]))
		}
	}
	if lost, was := g.plan.Losses(); lost > was/2 {
		why = append(why, fmt.Sprintf("%d%% of the code in %s would go", 100*lost/was, g.plan.Dir))
	}
	return why
}

// command is the command line of another verb with the same flags.
func (g *generation) command(verb string) string {
	line := []string{"wxgen", verb}
	for _, f := range []struct{ name, value string }{
		{"--spec", g.dir}, {"--layer", strings.Join(g.over, ",")}, {"--out", g.out},
		{"--module", g.module},
		{"--include", strings.Join(g.include, ",")}, {"--exclude", strings.Join(g.exclude, ",")},
		{"--role", strings.Join(g.roles, ",")},
	} {
		if f.value != "" {
			line = append(line, f.name, quoted(f.value))
		}
	}
	if verb == "generate" && len(g.surprises()) > 0 {
		line = append(line, "--force")
	}
	return strings.Join(line, " ")
}
