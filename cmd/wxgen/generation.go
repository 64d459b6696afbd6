package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/emit"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/output"
	"github.com/wxgen/wxgen/internal/replace"
)

// generation is what generate and check have in common: up to the comparison with the output folder
// they are the same.
type generation struct {
	description
	out    string
	module string
	force  bool // of generate

	start time.Time
	api   *model.API
	plan  *output.Plan

	beside map[string]replace.File // files beside the description that are not current
}

func (g *generation) flags(c *cobra.Command) {
	g.partFlags(c)
	c.Flags().StringVar(&g.out, "out", "",
		"`folder` of the generated code (default: generated in this module)")
	c.Flags().StringVar(&g.module, "module", "",
		"`path` of the Go module that the folder is in (default: what go.mod says)")
	g.todoFlag(c)
	c.MarkFlagDirname("out")
}

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

// took is the time since the start, for people.
func (g *generation) took() string { return time.Since(g.start).Round(time.Millisecond).String() }

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

// quoted is a word for a POSIX shell.
func quoted(s string) string {
	if strings.IndexFunc(s, func(r rune) bool {
		return r < 0x80 && !strings.ContainsRune(plainInShell, r)
	}) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

const plainInShell = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,@+="

// operations counts what the description holds: "9 operations of 1 service, 2 notifications".
func operations(api *model.API) string {
	n := 0
	for _, s := range api.Services {
		n += len(s.Spellings())
	}
	text := fmt.Sprintf("%s of %s", count(n, "operation"), count(len(api.Services), "service"))
	if api.Webhooks != nil {
		text += ", " + count(len(api.Webhooks.Events), "notification")
	}
	return text
}
