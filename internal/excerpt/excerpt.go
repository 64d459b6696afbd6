package excerpt

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// Take returns the operations and notifications of api in their files, with all that they refer to
// and nothing else. It leaves a file unchanged if all of it is needed.
func Take(files map[string][]byte, api *model.API) (map[string][]byte, error) {
	t := &taker{roots: map[string]*yaml.Node{}, needed: map[component]bool{},
		whole: map[string]bool{}, cut: map[string]bool{}}
	for name, text := range files {
		doc, flaw := source.Parse(text)
		if flaw != nil {
			return nil, fmt.Errorf("%s:%d:%d: %s", name, flaw.Line, flaw.Col, flaw.What)
		}
		t.roots[name] = doc.Content[0]
	}
	t.wanted = wantedOf(api)
	taken := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(t.roots)) {
		t.items(name, "paths", t.operation)
		t.items(name, "webhooks", t.event)
	}
	for name, root := range t.roots {
		if !t.prune(name, root) {
			continue
		}
		text := files[name]
		if t.cut[name] {
			var err error
			if text, err = print(name, root); err != nil {
				return nil, err
			}
		}
		taken[name] = text
	}
	return taken, nil
}

func print(name string, root *yaml.Node) ([]byte, error) {
	text, err := yaml.Dump(root, yaml.WithIndent(2), yaml.WithLineWidth(-1))
	if err != nil || !layout.IsDescription(text) {
		return text, err
	}
	return layout.Format(name, text)
}

// wanted are operations, as "post /v3/pay", and event types.
type wanted map[string]bool

func wantedOf(api *model.API) wanted {
	w := wanted{}
	for _, s := range api.Services {
		for _, op := range s.Operations() {
			w[strings.ToLower(op.Verb)+" "+op.Path] = true
		}
	}
	if api.Webhooks != nil {
		for _, e := range api.Webhooks.Events {
			w[e.Name] = true
		}
	}
	return w
}

// component is an entry below components, or a whole file if section is empty.
type component struct{ file, section, name string }

type taker struct {
	roots  map[string]*yaml.Node
	wanted wanted
	needed map[component]bool
	whole  map[string]bool // files with parts other than components that a $ref leads to
	cut    map[string]bool // files without some of their parts
}

// items drops the unwanted entries of paths or webhooks, and notes what the others refer to.
func (t *taker) items(name, section string,
	keep func(key string, item *yaml.Node) (kept, changed bool)) {
	group := layout.Get(t.roots[name], section)
	if group == nil || group.Kind != yaml.MappingNode {
		return
	}
	var content []*yaml.Node
	for i := 0; i+1 < len(group.Content); i += 2 {
		key, item := group.Content[i], group.Content[i+1]
		kept, changed := keep(key.Value, item)
		if kept {
			content = append(content, key, item)
			t.walk(name, item)
		}
		if !kept || changed {
			t.cut[name] = true
		}
	}
	group.Content = content
}

// operation keeps the wanted operations of a path. A path without any operation is about the paths
// below it.
func (t *taker) operation(key string, item *yaml.Node) (kept, changed bool) {
	if !slices.ContainsFunc(route.Verbs, func(verb string) bool {
		return layout.Get(item, verb) != nil
	}) && layout.Get(item, "$ref") == nil {
		return slices.ContainsFunc(slices.Collect(maps.Keys(t.wanted)), func(op string) bool {
			_, path, _ := strings.Cut(op, " ")
			return strings.HasPrefix(path, key+"/")
		}), false
	}
	for _, verb := range route.Verbs {
		switch {
		case t.wanted[verb+" "+key]:
			kept = true
		case layout.Get(item, verb) != nil:
			drop(item, verb)
			changed = true
		}
	}
	return kept, changed
}

func (t *taker) event(key string, _ *yaml.Node) (kept, changed bool) { return t.wanted[key], false }

// walk notes what a node refers to, directly and indirectly.
func (t *taker) walk(file string, n *yaml.Node) {
	if n.Kind == yaml.MappingNode {
		if ref := layout.Get(n, "$ref"); ref != nil {
			t.follow(file, ref.Value)
		}
	}
	for _, c := range n.Content {
		t.walk(file, c)
	}
}

func (t *taker) follow(from, ref string) {
	where, pointer, _ := strings.Cut(ref, "#")
	file := from
	if where != "" {
		file = path.Join(path.Dir(from), where)
	}
	root := t.roots[file]
	if root == nil {
		return
	}
	parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	if len(parts) < 3 || parts[0] != "components" {
		if !t.whole[file] {
			t.whole[file] = true
			t.walk(file, root)
		}
		return
	}
	name := strings.ReplaceAll(strings.ReplaceAll(parts[2], "~1", "/"), "~0", "~")
	c := component{file, parts[1], name}
	if n := layout.Get(root, "components", c.section, c.name); n != nil && !t.needed[c] {
		t.needed[c] = true
		t.walk(file, n)
	}
}

// prune drops the components without a reference. It reports whether the file is still needed.
func (t *taker) prune(name string, root *yaml.Node) bool {
	if t.whole[name] {
		return true
	}
	left := len(content(layout.Get(root, "paths")))+len(content(layout.Get(root, "webhooks"))) > 0
	all := layout.Get(root, "components")
	for _, section := range keys(all) {
		group := layout.Get(all, section)
		for _, key := range keys(group) {
			if t.needed[component{name, section, key}] {
				left = true
				continue
			}
			drop(group, key)
			t.cut[name] = true
		}
		if len(group.Content) == 0 {
			drop(all, section)
		}
	}
	for _, part := range []string{"components", "webhooks"} {
		if n := layout.Get(root, part); n != nil && len(n.Content) == 0 {
			drop(root, part)
		}
	}
	return left
}

// drop removes a key from a mapping.
func drop(n *yaml.Node, key string) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content = slices.Delete(n.Content, i, i+2)
			return
		}
	}
}

func content(n *yaml.Node) []*yaml.Node {
	if n == nil {
		return nil
	}
	return n.Content
}

func keys(n *yaml.Node) (all []string) {
	if n == nil {
		return nil
	}
	for key := range layout.Pairs(n) {
		all = append(all, key.Value)
	}
	return all
}
