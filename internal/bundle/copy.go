package bundle

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/route"
)

// sections are the components that parts become which a $ref leads to.
var sections = map[string]string{
	"schema": "schemas", "parameter": "parameters", "requestBody": "requestBodies",
	"response": "responses", "example": "examples",
}

// object copies an object of the description, and makes components of what it refers to.
func (b *bundler) object(from at, part string, n *yaml.Node) *yaml.Node {
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
			b.places[choice] = fmt.Sprintf("%s:%d:%d", from.name, key.Line, key.Column)
			continue
		}
		b.put(out, from, key, b.value(from, part, key.Value, value))
	}
	if len(choices) > 0 {
		describe(out, strings.Join(choices, "; "))
	}
	return out
}

// value copies what stands at a key.
func (b *bundler) value(from at, part, key string, n *yaml.Node) *yaml.Node {
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
			b.places[copied] = fmt.Sprintf("%s:%d:%d", from.name, item.Line, item.Column)
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
	if n.Tag == "!!timestamp" { // which JSON has not
		out.Tag = "!!str"
	}
	for _, c := range n.Content {
		out.Content = append(out.Content, plain(c))
	}
	return out
}

// refer makes a component of what a $ref leads to, and returns the $ref to that.
func (b *bundler) refer(from at, part, ref string) string {
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
		// before what it refers to, which may be itself
		layout.Put(b.components[section], name, layout.Object())
		copied := b.object(to, part, target)
		b.components[section].Content[slot] = copied
		b.places[copied] = fmt.Sprintf("%s:%d:%d", to.name, target.Line, target.Column)
	}
	return "#/components/" + section + "/" + name
}

// follow goes to where a $ref leads. The description has no faults, so it leads somewhere.
func (b *bundler) follow(from at, ref string) (at, *yaml.Node) {
	where, pointer, _ := strings.Cut(ref, "#")
	to := from
	if u, err := url.Parse(where); err == nil && where != "" {
		name := path.Join(path.Dir(from.name), u.Path)
		to = at{name, b.files[name]}
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

// componentName is the last part of a pointer, with what tells the file from others before it.
func (b *bundler) componentName(of at, pointer string) string {
	name := path.Base(pointer)
	if pointer == "" || pointer == "/" {
		name = strings.TrimSuffix(path.Base(of.name), path.Ext(of.name))
	}
	known, ok := b.prefixes[of.name]
	if !ok {
		known = prefixOf(of)
		b.prefixes[of.name] = known
	}
	return known + exported(name)
}

// prefixOf is the name of the one service that a file describes, or Webhook; of another file its
// own, but none of components.yaml, which all share.
func prefixOf(f at) string {
	var services []string
	for key := range layout.Pairs(layout.Get(f.root, "paths")) {
		if s := route.Service(key.Value); s != "" && !slices.Contains(services, s) {
			services = append(services, s)
		}
	}
	switch {
	case len(services) == 1:
		return prefix(services[0])
	case len(services) == 0 && layout.Get(f.root, "webhooks") != nil:
		return webhookPrefix
	}
	stem := strings.TrimSuffix(f.name, path.Ext(f.name))
	if stem == "components" {
		return ""
	}
	return prefix(strings.TrimPrefix(stem, route.Spaces[0]+"/"))
}

const webhookPrefix = "Webhook"

// prefix is a service's name, spelt as a part of others: "brand/marketing" is BrandMarketing.
func prefix(service string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(service, "/") {
		b.WriteString(exported(part))
	}
	return b.String()
}

// exported is a name in PascalCase. What has none, such as Chinese text, stays as it is.
func exported(name string) string {
	if spelt, err := names.Exported(name); err == nil {
		return spelt
	}
	return name
}
