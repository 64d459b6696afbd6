package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/config"
	"github.com/wxgen/wxgen/internal/replace"
	"github.com/wxgen/wxgen/templates"
)

func newInit() *cobra.Command {
	return &cobra.Command{
		Use:   "init",
		Short: "Prepare a module for endpoints of its own",
		Long: `Init writes what a module needs to have endpoints of its own beside those of WeChat Pay: wxgen.yaml,
a folder with a first endpoint to change, and a file for go generate. It does not change files that
exist.`,
		Example: `  wxgen init && wxgen generate`,
		Args:    noArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return initialize(c) },
		Annotations: map[string]string{
			// an existing file is reported by its name, whatever its faults
			unconfigured: "",
		},
	}
}

func initialize(c *cobra.Command) error {
	m, err := moduleOf(".")
	switch {
	case err != nil:
		return err
	case m == nil:
		return errors.New("this folder is in no Go module; run go mod init example.com/shop first")
	case exists(filepath.Join(m.root, config.File)):
		return fmt.Errorf("%s is there already; wxgen generate does what it says",
			relative(filepath.Join(m.root, config.File)))
	}
	files, err := initial(m.root)
	if err != nil {
		return err
	}
	ctx, stop := writing(c)
	defer stop()
	if err := replace.Files(ctx, files, waiting(c)); err != nil {
		return err
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(c.OutOrStdout(), "wxgen: wrote %s\n", filepath.ToSlash(file))
	}
	fmt.Fprintln(c.OutOrStdout(), "wxgen: next: wxgen generate, or once go get -tool "+
		"github.com/wxgen/wxgen/cmd/wxgen@latest and then go generate ./...")
	return nil
}

// initial are the missing files of a new module.
func initial(root string) (map[string]replace.File, error) {
	files := map[string]replace.File{}
	err := fs.WalkDir(templates.Init, "init", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := templates.Init.ReadFile(name)
		if err != nil {
			return err
		}
		file := relative(filepath.Join(root,
			filepath.FromSlash(strings.TrimSuffix(strings.TrimPrefix(name, "init/"), ".tmpl"))))
		if _, err := os.Lstat(file); err != nil {
			files[file] = replace.File{New: text}
		}
		return nil
	})
	return files, err
}
