package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"golang.org/x/mod/semver"

	"github.com/wxgen/wxgen/internal/diff"
	"github.com/wxgen/wxgen/internal/emit"
	"github.com/wxgen/wxgen/internal/load"
)

func newDiff() *cobra.Command {
	d := new(differ)
	c := &cobra.Command{
		Use:   "diff OLD [NEW]",
		Short: "Tell what changed for callers between two descriptions",
		Long: `Diff tells what changed for a caller between two descriptions: on the wire, and in the generated Go
code. Each change is breaking or additive, and has its place in the YAML. New values and optional
fields of replies are additive, since clients read whatever comes.

A description is a folder, a file with the files that it refers to, "builtin" for the built-in
description, or a revision of git: v1.2.0, HEAD~1, or main:api/wechatpay if its folder is not the
one that --spec names. Without NEW, diff compares with the description that other verbs read.
--layer lies over NEW, and --old-layer over OLD. A revision has the layers that --layer names, as
they were then.

Exit codes: 0 compared; 1 there is a change that --fail-on names, or a description has faults;
2 wrong usage, or a description cannot be read.`,
		Example: `  wxgen diff HEAD
  wxgen diff v1.2.0 --format markdown
  wxgen diff builtin --layer api/team --fail-on breaking
  wxgen diff old/spec new/spec --format json`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 || len(args) > 2 {
				return errors.New("diff what? Name an old description, and a new one: folders, " +
					"files, or revisions of git")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return d.diff(c, args) },
	}
	d.partFlags(c)
	c.Flags().StringSliceVar(&d.oldLayers, "old-layer", nil,
		"`folder` or OpenAPI Overlay that lies over OLD; can be repeated")
	c.MarkFlagFilename("old-layer", "yaml", "yml")
	c.Flags().StringVar(&d.failOn, "fail-on", "none",
		"exit with 1 on changes: breaking, any or none")
	c.Flags().StringVar(&d.after, "after", "",
		"`version` of OLD, to suggest the next one (default: OLD, if it is a version)")
	formatFlag(c, &d.format, diffFormats)
	choice(c, "fail-on", failures)
	return c
}

var (
	diffFormats = []string{"text", "json", "markdown"}
	failures    = []string{"breaking", "any", "none"}
)

// differ is the verb diff.
type differ struct {
	description
	oldLayers []string
	failOn    string
	after     string
	format    string
}

func (d *differ) diff(c *cobra.Command, args []string) error {
	if err := d.fits(); err != nil {
		return err
	}
	all, err := d.compare(c, args[0], append(args[1:], "")[0])
	if err != nil {
		return err
	}
	if d.after == "" && semver.IsValid(args[0]) {
		d.after = args[0]
	}
	if err := d.print(c, all); err != nil {
		return err
	}
	if d.failOn == "any" && len(all) > 0 || d.failOn == "breaking" && diff.Breaking(all) > 0 {
		return &failure{1, nil}
	}
	return nil
}

// compare reads two descriptions and compares them.
func (d *differ) compare(c *cobra.Command, oldName, newName string) ([]diff.Change, error) {
	progress := newProgress(c.ErrOrStderr())
	defer progress.stop()
	old := d.description
	old.over = d.oldLayers
	was, lacked, err := d.side(old, oldName, progress)
	if err != nil {
		return nil, err
	}
	is, lacks, err := d.side(d.description, newName, progress)
	if err != nil {
		return nil, err
	}
	for _, pattern := range lacks {
		if slices.Contains(lacked, pattern) {
			return nil, &load.Unmatched{Patterns: []string{pattern}}
		}
	}
	progress.say("comparing")
	return diff.Changes(was, is)
}

func (d *differ) fits() error {
	if err := knownFormat(d.format, diffFormats); err != nil {
		return err
	}
	switch {
	case d.failOn != "breaking" && d.failOn != "any" && d.failOn != "none":
		return fmt.Errorf("unknown --fail-on %q; use %s", d.failOn, either(failures))
	case d.after != "" && !semver.IsValid(d.after):
		return fmt.Errorf("--after %q is no version; write one like v1.2.0", d.after)
	}
	return nil
}

func (d *differ) print(c *cobra.Command, all []diff.Change) error {
	out := c.OutOrStdout()
	breaks, next := diff.Breaking(all), diff.Next(d.after, all)
	switch d.format {
	case "json":
		if all == nil {
			all = []diff.Change{}
		}
		return writeJSON(out, struct {
			Breaking int           `json:"breaking"`
			Additive int           `json:"additive"`
			Next     string        `json:"next"` // version, or kind of step
			Changes  []diff.Change `json:"changes"`
		}{breaks, len(all) - breaks, next, all})
	case "markdown":
		_, err := fmt.Fprint(out, diff.Markdown(all))
		return err
	}
	if d.after == "" {
		next = "a " + next + " one"
	}
	_, err := fmt.Fprintf(out, "%swxgen: %d breaking, %d additive; the next version is %s\n",
		diff.Text(all), breaks, len(all)-breaks, next)
	return err
}

// side reads a description by its name. Parts in include and exclude may be absent in one of the
// two: side returns those.
func (d *differ) side(own description, name string, progress *progress) (diff.Side, []string,
	error) {
	own.then, own.lenient = d.over, true
	in, err := own.openNamed(name)
	if err != nil {
		return diff.Side{}, nil, err
	}
	defer in.close()
	api, doc, err := own.documentOf(in, progress)
	if err != nil {
		return diff.Side{}, nil, err
	}
	progress.say("rendering %s", operations(api))
	code, err := emit.Files(api, emit.Config{Import: "generated"})
	return diff.Side{Doc: doc, Code: code}, own.absent, err
}
