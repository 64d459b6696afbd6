package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/source"
)

// openNamed opens a description by a name: a folder, a file, builtin, or a revision of git; "" is
// the description of other verbs.
func (d *description) openNamed(name string) (opened, error) {
	info, err := os.Stat(name)
	switch {
	case name == "":
		return d.open()
	case name == builtIn || err == nil && info.IsDir():
		d.dir = name
		return d.open()
	case err == nil:
		return d.openFile(name)
	}
	return d.openRevision(name)
}

// refersTo finds the files that a file refers to.
var refersTo = regexp.MustCompile(`\$ref"?'?\s*:\s*["']([^"'#]+)#?`)

// openFile opens one file as a description, with the files that it refers to.
func (d *description) openFile(name string) (opened, error) {
	texts := map[string][]byte{}
	root := filepath.Dir(name)
	for next := []string{name}; len(next) > 0; next = next[1:] {
		if texts[next[0]] != nil {
			continue
		}
		text, err := source.ReadFile(next[0])
		if err != nil {
			return opened{}, fmt.Errorf("cannot read %s: %w", next[0], fault.Cause(err))
		}
		if next[0] == name && !layout.IsDescription(text) {
			return opened{},
				fmt.Errorf("%s is no OpenAPI document; one is a YAML file that says openapi: 3.1.0",
					name)
		}
		texts[next[0]] = text
		for _, found := range refersTo.FindAllSubmatch(text, -1) {
			next = append(next,
				filepath.Join(filepath.Dir(next[0]), filepath.FromSlash(string(found[1]))))
		}
	}
	for file := range texts {
		for rel, err := filepath.Rel(root, file); err == nil &&
			!filepath.IsLocal(rel); rel, err = filepath.Rel(root, file) {
			root = filepath.Join(root, "..")
		}
	}
	below := map[string][]byte{}
	for file, text := range texts {
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return opened{}, err
		}
		below[filepath.ToSlash(rel)] = text
	}
	return d.overFiles(below, prefixOf(root))
}
