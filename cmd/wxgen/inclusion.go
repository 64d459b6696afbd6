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

// include sees to it that generate takes what is new: where wxgen.yaml tells what to include, it
// tells of that, too. It returns the changed file and says what it did; "" if there is nothing to
// do.
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

// lacking names what of some paths and event types the file does not include; nothing if it
// includes all.
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
