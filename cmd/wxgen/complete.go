package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/index"
	"github.com/wxgen/wxgen/internal/load"
)

// listed lists the entries of the description; none if it cannot be read.
func (d *description) listed() []index.Entry {
	entries, _ := d.entries(nil)
	return entries
}

// entries lists the entries of the description. It reads the list beside the description if that is
// current, else the description.
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

// parts are the possible values of --include.
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

// partFlags are the flags of verbs that can read a part of the description.
func (d *description) partFlags(c *cobra.Command) {
	d.layerFlags(c)
	c.Flags().StringSliceVar(&d.include, "include", nil,
		"only this `service`, this path (/v3/pay/**) or webhooks; can be repeated")
	c.Flags().StringSliceVar(&d.exclude, "exclude", nil,
		"not this `service`, this path (/v3/pay/**) or webhooks; can be repeated")
	c.Flags().StringSliceVar(&d.roles, "role", nil, "only what this `role` may call: "+
		strings.Join(check.Roles, ", ")+"; can be repeated")
	for _, name := range []string{"include", "exclude"} {
		c.RegisterFlagCompletionFunc(name, complete(d.parts))
	}
	choice(c, "role", check.Roles)
}
