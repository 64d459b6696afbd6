package bundle

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/layout"
)

// sections maps kinds of parts to the sections of their components.
var sections = map[string]string{
	"schema": "schemas", "parameter": "parameters", "requestBody": "requestBodies",
	"response": "responses", "example": "examples",
}

// object copies an object of the description, and makes components of the parts behind its $refs.
func (b *bundler) object(from sourceFile, part string, n *yaml.Node) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return plain(n)
	}
	out := layout.Object()
	var choices []string
	for key, value := range layout.Pairs(n) {
		if key.Value == "$ref" && b.parts[part].Ref {
			layout.Put(out, "$ref", layout.String(b.refer(from, part, value.Value)))
			continue
		}
		if set := choiceKeys[key.Value]; set != "" && part == "schema" {
			choices = append(choices, spellChoices(key.Value, value)...)
			choice := plain(value)
			layout.Put(out, set, choice)
			b.places[choice] = b.where(from.name, key.Line, key.Column)
			continue
		}
		b.put(out, from, key, b.value(from, part, key.Value, value))
	}
	if len(choices) > 0 {
		describe(out, strings.Join(choices, "; "))
	}
	return out
}

// value copies the value of a key.
func (b *bundler) value(from sourceFile, part, key string, n *yaml.Node) *yaml.Node {
	of := b.parts[part].Keys[key]
	if of.Of == "additionalProperties" {
		of = check.Value{Kind: check.Object, Of: "schema"}
	}
	switch of.Kind {
	case check.Object:
		return b.object(from, of.Of, n)
	case check.List:
		out := layout.List()
		for _, item := range n.Content {
			item = layout.Follow(item)
			copied := b.object(from, of.Of, item)
			out.Content = append(out.Content, copied)
			b.places[copied] = b.where(from.name, item.Line, item.Column)
		}
		return out
	case check.Map:
		out := layout.Object()
		for name, value := range layout.Pairs(n) {
			b.put(out, from, name, b.object(from, of.Of, value))
		}
		return out
	}
	return plain(n)
}

// plain copies data, without comments.
func plain(n *yaml.Node) *yaml.Node {
	n = layout.Follow(n)
	out := &yaml.Node{Kind: n.Kind, Tag: n.Tag, Value: n.Value}
	if n.Tag == "!!timestamp" { // JSON has no dates
		out.Tag = "!!str"
	}
	for _, c := range n.Content {
		out.Content = append(out.Content, plain(c))
	}
	return out
}

// refer makes a component of the part behind a $ref, and returns the $ref to the component.
func (b *bundler) refer(from sourceFile, part, ref string) string {
	to, target := b.follow(from, ref)
	_, pointer, _ := strings.Cut(ref, "#")
	section := sections[part]
	name := b.componentName(to, pointer)
	owner := to.name + "#" + pointer
	key := section + " " + strings.ToLower(name)
	known := b.claims[key] == owner
	b.claim(section, name, owner)
	if !known {
		if b.components[section] == nil {
			b.components[section] = layout.Object()
		}
		slot := len(b.components[section].Content) + 1
		// in place before the parts that it refers to, which may include itself
		layout.Put(b.components[section], name, layout.Object())
		copied := b.object(to, part, target)
		b.components[section].Content[slot] = copied
		b.places[copied] = b.where(to.name, target.Line, target.Column)
	}
	return "#/components/" + section + "/" + name
}

// follow returns the part behind a $ref. The description has no faults, so there is one.
func (b *bundler) follow(from sourceFile, ref string) (sourceFile, *yaml.Node) {
	where, pointer, _ := strings.Cut(ref, "#")
	to := from
	if u, err := url.Parse(where); err == nil && where != "" {
		name := path.Join(path.Dir(from.name), u.Path)
		to = sourceFile{name, b.files[name]}
	}
	pointer, _ = url.PathUnescape(pointer)
	n := to.root
	for part := range strings.SplitSeq(strings.Trim(pointer, "/"), "/") {
		part = strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~")
		if n = layout.Follow(n); n == nil || part == "" {
			break
		}
		if i, err := strconv.Atoi(part); err == nil && n.Kind == yaml.SequenceNode && i >= 0 &&
			i < len(n.Content) {
			n = n.Content[i]
			continue
		}
		n = layout.Get(n, part)
	}
	return to, layout.Follow(n)
}
