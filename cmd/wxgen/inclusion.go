package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/config"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/replace"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// include adds new operations to include in wxgen.yaml, so that generate generates them. It returns
// the changed file and a sentence about the change; "" if there is no change.
func (m *importer) include(c *cobra.Command, added []string) (file string, change replace.File,
	done string) {
	file, err := configFile(c)
	if err != nil || file == "" || c.Flags().Changed("spec") {
		return "", change, ""
	}
	text, err := source.ReadFile(file)
	if err != nil {
		return "", change, ""
	}
	lacks := lacking(text, verbFlags(c.Root()), added)
	if len(lacks) == 0 {
		return "", change, ""
	}
	names := strings.Join(lacks, ", ")
	now, ok := config.Extend(text, "include", lacks)
	if !ok {
		return "", change, "generate leaves out " + names + " until include in " + file +
			" names it"
	}
	return file, replace.File{Old: text, New: now}, names + " added to include in " + file
}

// lacking lists the services of the added paths and event types that include lacks; none if there
// is no include.
func lacking(text []byte, verbs config.Verbs, added []string) (lacks []string) {
	settings, flaws := config.Parse(text, verbs)
	if len(flaws) > 0 {
		return nil
	}
	i := slices.IndexFunc(settings.All, func(s config.Setting) bool { return s.Flag == "include" })
	if i < 0 {
		return nil
	}
	for _, what := range added {
		name := "webhooks"
		if strings.HasPrefix(what, "/") {
			name = route.Service(what)
		}
		has := func(pattern string) bool { return pattern == name || load.Match(pattern, what) }
		if !slices.ContainsFunc(settings.All[i].Values, has) && !slices.Contains(lacks, name) {
			lacks = append(lacks, name)
		}
	}
	return lacks
}
