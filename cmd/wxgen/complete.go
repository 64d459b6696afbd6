package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/index"
	"github.com/wxgen/wxgen/internal/load"
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

// wordsOfFlag names the annotation of a flag that takes some words alone.
const wordsOfFlag = "words"

// choice lets a flag take some words alone: a shell completes them, and wxgen.yaml has no others.
func choice(c *cobra.Command, flag string, words []string) {
	c.RegisterFlagCompletionFunc(flag,
		cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	c.Flags().SetAnnotation(flag, wordsOfFlag, words)
}

// listed is what there is, as far as it can be read.
func (d *description) listed() []index.Entry {
	entries, _ := d.entries(nil)
	return entries
}

// entries reads what there is: from the list beside the description if it is current, else from the
// description.
func (d *description) entries(progress *progress) ([]index.Entry, error) {
	in, err := d.open()
	if err != nil {
		return nil, err
	}
	defer in.close()
	if len(in.layers) == 0 {
		if entries, ok := index.Current(in.files, d.builtIn); ok {
			return entries, nil
		}
	}
	opts := d.options(in, progress)
	opts.Include, opts.Exclude, opts.Roles = nil, nil, nil
	api, err := load.Dir(in.files, opts)
	if err != nil {
		return nil, err
	}
	return index.Entries(api), nil
}

// services lists the services, or families, of some entries.
func services(entries []index.Entry, of func(index.Entry) bool) []string {
	var names []string
	for _, e := range entries {
		if of(e) {
			names = append(names, e.Service)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func isOperation(e index.Entry) bool { return e.Method != index.EventMethod }

// parts are what --include can name.
func (d *description) parts() []string {
	return append(services(d.listed(), isOperation), append(d.paths(), "webhooks")...)
}

// paths are the paths of all operations.
func (d *description) paths() []string {
	var paths []string
	for _, e := range d.listed() {
		if isOperation(e) {
			paths = append(paths, e.Path)
		}
	}
	return slices.Compact(paths)
}

// names are the operationIds, paths and event types.
func (d *description) names() []string {
	var names []string
	for _, e := range d.listed() {
		names = append(names, e.Path)
		if isOperation(e) {
			names = append(names, e.ID)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
