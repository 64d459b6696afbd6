package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/bundle"
	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/replace"
	"github.com/wxgen/wxgen/internal/source"
)

func newBundle() *cobra.Command {
	b := new(bundling)
	c := &cobra.Command{
		Use:   "bundle",
		Short: "Make one OpenAPI document for other languages",
		Long: `Bundle makes one OpenAPI 3.1 document of the description, or of a part of it, for the tools of other
languages. The names of operations and schemas begin with their service, so that each is unique.
Notifications appear as WeChat Pay sends them, with the schema of their decrypted content beside.
The document explains its x- keys and how requests are signed.

Exit codes: 0 made; 1 faults in the description; 2 wrong usage, or a file cannot be read or
written.`,
		Example: `  wxgen bundle > wechatpay.yaml
  wxgen bundle --include pay,refund,webhooks --out wechatpay.json`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return b.bundle(c) },
	}
	b.partFlags(c)
	c.Flags().StringVar(&b.out, "out", "",
		"`file` to write, as JSON if its name ends in .json (default: YAML, to standard output)")
	c.MarkFlagFilename("out", "json", "yaml", "yml")
	// the key output of wxgen.yaml is the folder of the code
	c.Flags().SetAnnotation("out", ownFlag, []string{})
	return c
}

// bundling is the verb bundle.
type bundling struct {
	description
	out string
}

func (b *bundling) bundle(c *cobra.Command) error {
	progress := newProgress(c.ErrOrStderr())
	defer progress.stop()
	doc, err := b.document(progress)
	if err != nil {
		return err
	}
	print := bundle.YAML
	if strings.EqualFold(filepath.Ext(b.out), ".json") {
		print = bundle.JSON
	}
	text, err := print(doc.Root)
	if err != nil {
		return err
	}
	if b.out == "" {
		_, err := c.OutOrStdout().Write(text)
		return err
	}
	return b.write(c, text)
}

// document reads the description and makes one document of it.
func (d *description) document(progress *progress) (*bundle.Doc, error) {
	in, err := d.open()
	if err != nil {
		return nil, err
	}
	defer in.close()
	_, doc, err := d.documentOf(in, progress)
	return doc, err
}

func (d *description) documentOf(in opened, progress *progress) (*model.API, *bundle.Doc, error) {
	api, whole, err := load.DirMerged(in.files, d.options(in, progress))
	if missing, ok := errors.AsType[*load.Unmatched](err); ok && d.lenient {
		d.absent, err = missing.Patterns, nil
	}
	if err != nil {
		return nil, nil, err
	}
	progress.say("bundling %s", operations(api))
	doc, err := bundle.Document(whole.Roots, api, whole.At)
	return api, doc, err
}

func (b *bundling) write(c *cobra.Command, text []byte) error {
	var old []byte
	if exists(b.out) {
		var err error
		if old, err = source.ReadFile(b.out); err != nil {
			return fmt.Errorf("cannot read %s: %w", b.out, fault.Cause(err))
		}
	}
	ctx, stop := writing(c)
	defer stop()
	return replace.Files(ctx, map[string]replace.File{b.out: {Old: old, New: text}}, waiting(c))
}
