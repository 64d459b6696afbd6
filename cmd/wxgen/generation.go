package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/output"
	"github.com/wxgen/wxgen/internal/replace"
)

// generation is the common part of generate and check, up to the comparison with the output folder.
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

// took is the time since the start, for people.
func (g *generation) took() string { return time.Since(g.start).Round(time.Millisecond).String() }

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

// operations counts the operations of the description: "9 operations of 1 service, 2
// notifications".
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
