package main

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/replace"
	"github.com/wxgen/wxgen/internal/source"
)

func newFmt() *cobra.Command {
	f := new(formatter)
	c := &cobra.Command{
		Use:   "fmt [FILE...]",
		Short: "Give the description its canonical layout",
		Long: `Fmt gives the description its one layout: keys in a fixed order, one line for each plain property,
long lists wrapped. It keeps comments, values, and the order of paths, properties and list items.
Without files as arguments it formats the whole description. It prints the names of the files that
change.

Exit codes: 0 done; 1 faults or, with --check, files that have another layout; 2 a file cannot be
read or written.`,
		Example: `  wxgen fmt
  wxgen fmt --check
  wxgen fmt spec/v3/pay.yaml`,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args) },
	}
	f.layerFlags(c)
	c.Flags().BoolVar(&f.check, "check", false,
		"write nothing; list the files that have another layout")
	return c
}

// formatter is the verb fmt.
type formatter struct {
	description
	check bool
}

func (f *formatter) run(c *cobra.Command, args []string) error {
	files, err := f.files(args)
	if err != nil {
		return err
	}
	changes := map[string]replace.File{}
	var faults []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if len(args) == 0 && !layout.IsDescription(files[name]) {
			continue // YAML beside the description
		}
		text, err := layout.Format(name, files[name])
		switch {
		case err != nil:
			faults = append(faults, err.Error())
		case !bytes.Equal(text, files[name]):
			changes[name] = replace.File{Old: files[name], New: text}
		}
	}
	if !f.check {
		ctx, stop := writing(c)
		defer stop()
		err := replace.Files(ctx, changes, waiting(c))
		if err == nil {
			err = replace.Clear(ctx, maps.Keys(files), waiting(c))
		}
		if err != nil {
			return err
		}
	}
	return f.report(c, len(files), changes, faults)
}

// files reads the files to format: the named ones, or the whole description.
func (f *formatter) files(args []string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, name := range args {
		src, err := source.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", name, fault.Cause(err))
		}
		files[filepath.ToSlash(name)] = src
	}
	if len(args) > 0 {
		return files, nil
	}
	all, err := f.folders()
	if err != nil {
		return nil, err
	}
	defer closeAll(all)
	if len(all) == 0 {
		return nil, errNowhere
	}
	for _, w := range all {
		for name, src := range w.files {
			files[filepath.ToSlash(w.path(name))] = src
		}
	}
	if len(files) == 0 {
		err = fmt.Errorf("there are no YAML files in %s; --spec names the folder of the "+
			"description", all[0].dir)
	}
	return files, err
}

func (f *formatter) report(c *cobra.Command, total int, changes map[string]replace.File,
	faults []string) error {
	for _, fault := range some(faults) {
		fmt.Fprintln(c.ErrOrStderr(), fault)
	}
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		fmt.Fprintln(c.OutOrStdout(), name)
	}
	switch {
	case len(faults) > 0:
		fmt.Fprintf(c.ErrOrStderr(), "wxgen: %s\n", count(len(faults), "fault"))
	case f.check && len(changes) > 0:
		fmt.Fprintf(c.OutOrStdout(), "wxgen: %s of %d with another layout; to mend: wxgen fmt\n",
			count(len(changes), "file"), total)
	default:
		return nil
	}
	return &failure{1, nil}
}
