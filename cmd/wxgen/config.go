package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wxgen/wxgen/internal/config"
	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/source"
)

// configure sets the flags of a verb from wxgen.yaml, except those on the command line.
func configure(c *cobra.Command) error {
	if _, ok := c.Annotations[unconfigured]; ok {
		return nil
	}
	file, err := configFile(c)
	if file == "" || err != nil {
		return err
	}
	text, err := source.ReadFile(file)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", file, fault.Cause(err))
	}
	settings, flaws := config.Parse(text, verbFlags(c.Root()))
	if len(flaws) > 0 {
		var lines []error
		for _, f := range flaws {
			lines = append(lines, configFault(file, f))
		}
		return errors.Join(lines...)
	}
	named := c.Flags().Changed("spec")
	for _, s := range settings.All {
		if s.Flag == "layer" && named {
			continue // the layers belong to the file's description
		}
		if f := c.Flags().Lookup(s.Flag); f != nil && !isOwn(f) {
			if err := apply(c, f, s, file); err != nil {
				return err
			}
		}
	}
	for _, s := range settings.Verbs[verbName(c)] {
		if err := apply(c, c.Flags().Lookup(s.Flag), s, file); err != nil {
			return err
		}
	}
	return nil
}

// configFile is the file of --config, or the wxgen.yaml in this folder or above it, up to the root
// of the module.
func configFile(c *cobra.Command) (string, error) {
	if f := c.Flags().Lookup("config"); f != nil && f.Changed {
		return f.Value.String(), nil
	}
	dir, err := filepath.Abs(".")
	if err != nil {
		return "", err
	}
	root := dir
	if m, _ := moduleOf("."); m != nil {
		root = m.root
	}
	for ; ; dir = filepath.Dir(dir) {
		file := filepath.Join(dir, config.File)
		if exists(file) {
			return relative(file), nil
		}
		if dir == root || dir == filepath.Dir(dir) {
			return "", nil
		}
	}
}

// relative is a path relative to the working folder, if possible.
func relative(file string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return file
	}
	if rel, err := filepath.Rel(here, file); err == nil {
		return rel
	}
	return file
}

// apply sets one flag, unless it is on the command line.
func apply(c *cobra.Command, f *pflag.Flag, s config.Setting, file string) error {
	if f.Changed {
		return nil
	}
	values := s.Values
	if s.Path {
		values = nil
		for _, v := range s.Values {
			if v != builtIn && !filepath.IsAbs(v) {
				v = filepath.Join(filepath.Dir(file), filepath.FromSlash(v))
			}
			values = append(values, v)
		}
	}
	if err := set(f, values); err != nil {
		return configFault(file,
			fault.Fault{Line: s.Line, Col: s.Col, What: fmt.Sprintf("%s: %v", s.Flag, err),
				Mend: c.CommandPath() + " --help tells what it takes"})
	}
	return nil
}

// configFault is a fault of the file as a usage error, since the description has no fault.
func configFault(file string, f fault.Fault) error {
	return errors.New(fault.Fault{File: filepath.ToSlash(file), Line: f.Line, Col: f.Col,
		What: f.What, Mend: f.Mend}.Error())
}

func set(f *pflag.Flag, values []string) error {
	if list, ok := f.Value.(pflag.SliceValue); ok {
		return list.Replace(values)
	}
	return f.Value.Set(strings.Join(values, ","))
}

// ownFlag marks a flag with the name of a key at the top of the file, but with another meaning.
const ownFlag = "own"

func isOwn(f *pflag.Flag) bool { return f.Annotations[ownFlag] != nil }

// verbName is the verb's name in the file: "lint", or "mock notify".
func verbName(c *cobra.Command) string {
	return strings.TrimPrefix(c.CommandPath(), c.Root().Name()+" ")
}

// verbFlags are the flags that a verb's own section of the file can set: those without a key at the
// top.
func verbFlags(root *cobra.Command) config.Verbs {
	top := map[string]bool{"help": true, "config": true}
	for _, k := range config.Keys {
		top[k.Flag.Name] = true
	}
	verbs := config.Verbs{}
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			if sub.Name() == "help" || sub.Name() == "completion" {
				continue
			}
			sub.LocalFlags().VisitAll(func(f *pflag.Flag) {
				if !top[f.Name] || isOwn(f) {
					verbs[verbName(sub)] = append(verbs[verbName(sub)], settable(f))
				}
			})
			walk(sub)
		}
	}
	walk(root)
	return verbs
}

// settable describes a flag for the file.
func settable(f *pflag.Flag) config.Flag {
	_, usage := pflag.UnquoteUsage(f)
	own := config.Flag{Name: f.Name, Words: f.Annotations[wordsOfFlag], Doc: usage}
	own.Path = f.Annotations[cobra.BashCompFilenameExt] != nil ||
		f.Annotations[cobra.BashCompSubdirsInDir] != nil
	switch f.Value.Type() {
	case "bool":
		own.Kind = config.Truth
	case "int":
		own.Kind = config.Count
	}
	if _, ok := f.Value.(pflag.SliceValue); ok {
		own.Kind = config.List
	}
	return own
}

// unconfigured marks verbs that do not read wxgen.yaml.
const unconfigured = "unconfigured"

// wordsOfFlag names the annotation with the allowed words of a flag.
const wordsOfFlag = "words"
