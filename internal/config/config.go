// Package config reads wxgen.yaml: what a command line would have to say every time.
package config

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/spell"
)

// File is the name of the file.
const File = "wxgen.yaml"

// A Key is one that stands at the top of the file, for every verb that has its flag.
type Key struct {
	Name string
	Flag string
	List bool
	Path bool // of files: they are relative to the folder that holds the file
	Doc  string
}

// Keys are all keys but the verbs, which hold the flags that they alone have.
var Keys = []Key{
	{"spec", "spec", false, true, "The folder of the lowest description; the one built into wxgen if it is left out and the module has no spec folder."},
	{"layers", "layer", true, true, "Folders and OpenAPI Overlay files that lie over the description, later ones on top."},
	{"include", "include", true, false, "What to generate: services, paths like /v3/pay/**, or webhooks; all if it is left out."},
	{"exclude", "exclude", true, false, "What not to generate, said in the same way."},
	{"roles", "role", true, false, "Generate only what these may call: merchant, partner, platform, institution, channel, brand."},
	{"output", "out", false, true, "The folder of the generated code; generated in this module if it is left out."},
	{"module", "module", false, false, "The path of the Go module that the output is in; what go.mod says if it is left out."},
}

// A Setting is a key of the file and what it is set to.
type Setting struct {
	Flag      string
	Path      bool
	Values    []string
	Line, Col int
}

// Settings are those of one file: for every verb, and for one.
type Settings struct {
	All   []Setting
	Verbs map[string][]Setting
}

// Verbs are the flags that each verb has.
type Verbs map[string][]string

// Parse reads the text of a file. What is wrong with it comes back as flaws, all at once.
func Parse(text []byte, verbs Verbs) (*Settings, []fault.Fault) {
	doc, flaw := source.Parse(text)
	if flaw != nil {
		return nil, []fault.Fault{*flaw}
	}
	p := &parser{verbs: verbs, to: &Settings{Verbs: map[string][]Setting{}}}
	p.top(doc.Content[0])
	return p.to, p.flaws
}

type parser struct {
	verbs Verbs
	to    *Settings
	flaws []fault.Fault
}

func (p *parser) flaw(n *yaml.Node, what, mend string) {
	p.flaws = append(p.flaws, fault.Fault{Line: n.Line, Col: n.Column, What: what, Mend: mend})
}

func (p *parser) top(root *yaml.Node) {
	for key, value := range p.entries(root, File) {
		if i := slices.IndexFunc(Keys, func(k Key) bool { return k.Name == key.Value }); i >= 0 {
			k := Keys[i]
			p.to.All = p.setting(p.to.All, Setting{Flag: k.Flag, Path: k.Path}, key, value, k.List)
			continue
		}
		flags, ok := p.verbs[key.Value]
		if !ok {
			p.unknown(key, p.names())
			continue
		}
		for flag, value := range p.entries(value, key.Value) {
			if !slices.Contains(flags, flag.Value) {
				p.unknown(flag, flags)
				continue
			}
			p.to.Verbs[key.Value] = p.setting(p.to.Verbs[key.Value], Setting{Flag: flag.Value}, flag, value, true)
		}
	}
}

// names are all keys that can stand at the top.
func (p *parser) names() []string {
	var all []string
	for _, k := range Keys {
		all = append(all, k.Name)
	}
	for verb, flags := range p.verbs {
		if len(flags) > 0 {
			all = append(all, verb)
		}
	}
	slices.Sort(all[len(Keys):])
	return all
}

func (p *parser) unknown(key *yaml.Node, known []string) {
	mend := "the keys are " + strings.Join(known, ", ")
	if near := spell.Nearest(key.Value, known); near != "" {
		mend = fmt.Sprintf("did you mean %s?", near)
	}
	p.flaw(key, fmt.Sprintf("unknown key %q", key.Value), mend)
}

func (p *parser) setting(to []Setting, s Setting, key, value *yaml.Node, list bool) []Setting {
	s.Line, s.Col = value.Line, value.Column
	items := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode && list {
		items = value.Content
	}
	for _, item := range items {
		if item.Kind != yaml.ScalarNode || item.Tag == "!!null" {
			p.flaw(item, fmt.Sprintf("%s is no text", key.Value), wanted(list))
			return to
		}
		s.Values = append(s.Values, item.Value)
	}
	return append(to, s)
}

func wanted(list bool) string {
	if list {
		return "write a text or a list of texts"
	}
	return "write one text"
}

// entries goes through a mapping, and reports what is none and keys that stand twice.
func (p *parser) entries(n *yaml.Node, what string) func(func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
			return
		}
		if n.Kind != yaml.MappingNode {
			p.flaw(n, what+" is no mapping", "write keys with values")
			return
		}
		seen := map[string]int{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if line, ok := seen[key.Value]; ok {
				p.flaw(key, fmt.Sprintf("key %q stands twice, first in line %d", key.Value, line), "remove one")
				continue
			}
			seen[key.Value] = key.Line
			if !yield(key, n.Content[i+1]) {
				return
			}
		}
	}
}
