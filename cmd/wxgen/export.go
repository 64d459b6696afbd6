package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/excerpt"
	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/replace"
	"github.com/wxgen/wxgen/internal/source"
)

func newExport() *cobra.Command {
	e := new(exporter)
	c := &cobra.Command{
		Use:   "export FOLDER",
		Short: "Write the description as files",
		Long: `Export writes the built-in description into a folder, with the layers over it. With --include and
its siblings it writes a part, and what this part refers to. A file that is needed whole is written
as it is.

If a file exists and differs, export writes nothing at all, unless --force is given.`,
		Example: `  wxgen export api
  wxgen export api --include payroll-card,/v3/pay/**`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("wxgen export takes one folder to write to, not %d; wxgen "+
					"export --help shows how", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return e.export(c, args[0]) },
	}
	e.partFlags(c)
	c.Flags().BoolVar(&e.force, "force", false, "replace existing files that differ")
	return c
}

// exporter is the verb export.
type exporter struct {
	description
	force bool
}

func (e *exporter) export(c *cobra.Command, dir string) error {
	texts, err := e.texts(c)
	if err != nil {
		return err
	}
	files := map[string]replace.File{}
	for name, text := range texts {
		file := filepath.Join(dir, filepath.FromSlash(name))
		was, err := source.ReadFile(file)
		switch {
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("cannot read %s: %w", file, fault.Cause(err))
		case err == nil && string(was) == string(text):
			continue
		case err == nil && !e.force:
			return fmt.Errorf("%s is there already and differs; nothing was written; --force "+
				"replaces it", file)
		}
		files[file] = replace.File{Old: was, New: text}
	}
	ctx, stop := writing(c)
	defer stop()
	if err := replace.Files(ctx, files, waiting(c)); err != nil {
		return err
	}
	fmt.Fprintf(c.OutOrStdout(), "wxgen: %s in %s, %d written\n", count(len(texts), "file"), dir,
		len(files))
	return nil
}

// texts are the files to write.
func (e *exporter) texts(c *cobra.Command) (map[string][]byte, error) {
	in, err := e.open()
	if err != nil {
		return nil, err
	}
	defer in.close()
	progress := newProgress(c.ErrOrStderr())
	defer progress.stop()
	api, whole, err := load.DirMerged(in.files, e.options(in, progress))
	if err != nil {
		return nil, err
	}
	if !e.isPart() {
		return whole.Texts, nil
	}
	return excerpt.Take(whole.Texts, api)
}
