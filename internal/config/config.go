package config

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/spell"
)

// File is the name of the file.
const File = "wxgen.yaml"

// A Kind is the kind of a setting's value.
type Kind int

// The kinds of settings.
const (
	Text  Kind = iota
	List       // a text, or a list of texts
	Truth      // true or false
	Count      // a whole number
)

// A Flag is a flag of a verb that the file can set.
type Flag struct {
	Name  string
	Kind  Kind
	Words []string // the only texts that it accepts; any if empty
	Path  bool     // it is a file, relative to the folder of wxgen.yaml
	Doc   string
}

// A Key is a key at the top of the file. It sets the flag of every verb that has it.
type Key struct {
	Name string
	Flag
}

// Keys are all keys at the top but the verbs, which hold the flags of one verb alone.
var Keys = []Key{
	{"spec", Flag{Name: "spec", Path: true,
		Doc: "The folder of the lowest description, or builtin for the one built into wxgen, " +
			"which it is if this is left out and the module has no spec folder."}},
	{
		"layers", Flag{Name: "layer", Kind: List, Path: true,
			Doc: "Folders and OpenAPI Overlay files that lie over the description, later ones " +
				"on top."},
	},
	{
		"include", Flag{Name: "include", Kind: List, Doc: "What to generate: services, paths " +
			"like /v3/pay/**, or webhooks; all if it is left out."},
	},
	{
		"exclude", Flag{Name: "exclude", Kind: List,
			Doc: "What not to generate, said in the same way."},
	},
	{"roles", Flag{Name: "role", Kind: List, Words: check.Roles,
		Doc: "Generate only what these may call."}},
	{
		"output", Flag{Name: "out", Path: true,
			Doc: "The folder of the generated code; generated in this module if it is left out."},
	},
	{
		"module", Flag{Name: "module", Doc: "The path of the Go module that the output is in; " +
			"what go.mod says if it is left out."},
	},
}

// A Setting is a key of the file and its value.
type Setting struct {
	Flag      string
	Path      bool
	Values    []string
	Line, Col int
}

// Settings are the settings of a file, for all verbs and for single ones.
type Settings struct {
	All   []Setting
	Verbs map[string][]Setting
}

// Verbs are the flags of each verb that no key at the top sets. The name of a verb below another
// has both names: "mock notify".
type Verbs map[string][]Flag

// Parse reads the text of a file, and returns all its flaws at once.
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
			p.to.All = p.setting(p.to.All, Keys[i].Flag, key, value)
			continue
		}
		flags := p.verbs[key.Value]
		if len(flags) == 0 {
			p.unknown(key, p.names())
			continue
		}
		p.verb(key.Value, flags, value)
	}
}

// verb reads the settings of one verb.
func (p *parser) verb(verb string, flags []Flag, settings *yaml.Node) {
	for key, value := range p.entries(settings, verb) {
		i := slices.IndexFunc(flags, func(f Flag) bool { return f.Name == key.Value })
		if i < 0 {
			p.unknown(key, flagNames(flags))
			continue
		}
		p.to.Verbs[verb] = p.setting(p.to.Verbs[verb], flags[i], key, value)
	}
}

func flagNames(flags []Flag) []string {
	var names []string
	for _, f := range flags {
		names = append(names, f.Name)
	}
	return names
}

// names are all keys that are allowed at the top.
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

func (p *parser) setting(to []Setting, f Flag, key, value *yaml.Node) []Setting {
	s := Setting{Flag: f.Name, Path: f.Path, Line: value.Line, Col: value.Column}
	items := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode && f.Kind == List {
		items = value.Content
	}
	for _, item := range items {
		if item.Kind != yaml.ScalarNode || item.Tag != tags[f.Kind] {
			p.flaw(item, key.Value+" is no "+nouns[f.Kind], mend(f.Kind, item))
			return to
		}
		if len(f.Words) > 0 && !slices.Contains(f.Words, item.Value) {
			p.flaw(item, fmt.Sprintf("%s %q is unknown", key.Value, item.Value),
				oneOf(item.Value, f.Words))
			return to
		}
		s.Values = append(s.Values, item.Value)
	}
	return append(to, s)
}

var (
	tags  = map[Kind]string{Text: "!!str", List: "!!str", Truth: "!!bool", Count: "!!int"}
	nouns = map[Kind]string{Text: "text", List: "text", Truth: "truth", Count: "whole number"}
)

// mend says what to write instead of a value of another kind.
func mend(k Kind, item *yaml.Node) string {
	switch {
	case k == Truth:
		return "write true or false"
	case k == Count:
		return "write one like 10"
	case item.Kind == yaml.ScalarNode && item.Tag != "!!null":
		return "put it in quotes"
	case k == List:
		return "write a text or a list of texts"
	}
	return "write one text"
}

// oneOf suggests the word that was meant, or lists all.
func oneOf(word string, words []string) string {
	if near := spell.Nearest(word, words); near != "" {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return "use one of " + strings.Join(words, ", ")
}

// entries yields the entries of a mapping. It reports a value that is no mapping, and keys that
// occur twice.
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
				p.flaw(key, fmt.Sprintf("key %q stands twice, first in line %d", key.Value, line),
					"remove one")
				continue
			}
			seen[key.Value] = key.Line
			if !yield(key, n.Content[i+1]) {
				return
			}
		}
	}
}
