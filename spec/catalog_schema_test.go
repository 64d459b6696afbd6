package spec_test

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// This file reads the description without the generator's loader: plain YAML, and $ref followed by hand.

// A doc is the description: every YAML file of it.
type doc struct {
	files map[string]*yaml.Node
}

// A view is a place in the description. A $ref counts as what it points to, under what stands beside it.
type view struct {
	doc    *doc
	layers []layer // the $ref's own mapping first
}

type layer struct {
	file string
	node *yaml.Node
}

// readSpec reads every YAML file of the description.
func readSpec(t *testing.T, fsys fs.FS) *doc {
	t.Helper()
	d := &doc{files: map[string]*yaml.Node{}}
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		var root yaml.Node
		if err := yaml.Unmarshal(text, &root); err != nil {
			return fmt.Errorf("spec/%s: %w", name, err)
		}
		d.files[name] = root.Content[0]
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// file is the view of a whole file.
func (d *doc) file(name string) view { return d.view(name, d.files[name]) }

// view follows a $ref at the node as far as it leads.
func (d *doc) view(file string, n *yaml.Node) view {
	v := view{doc: d}
	for range 32 {
		v.layers = append(v.layers, layer{file, n})
		ref := child(n, "$ref")
		if ref == nil {
			return v
		}
		to, pointer, _ := strings.Cut(ref.Value, "#/")
		if to != "" {
			file = path.Join(path.Dir(file), to)
		}
		n = d.files[file]
		for step := range strings.SplitSeq(pointer, "/") {
			n = child(n, strings.NewReplacer("~1", "/", "~0", "~").Replace(step))
		}
		if n == nil {
			return v
		}
	}
	return v
}

func child(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// pos is where the view is written, for messages.
func (v view) pos() string {
	if len(v.layers) == 0 {
		return "spec"
	}
	return fmt.Sprintf("spec/%s:%d", v.layers[0].file, v.layers[0].node.Line)
}

// at is the view of a key's value; one without layers if there is none.
func (v view) at(keys ...string) view {
	for _, key := range keys {
		next := view{doc: v.doc}
		for _, l := range v.layers {
			if n := child(l.node, key); n != nil {
				next = v.doc.view(l.file, n)
				break
			}
		}
		v = next
	}
	return v
}

func (v view) exists() bool { return len(v.layers) > 0 }

// text is a scalar's value, or "".
func (v view) text() string {
	if !v.exists() || v.layers[0].node.Kind != yaml.ScalarNode {
		return ""
	}
	return v.layers[0].node.Value
}

func (v view) is(text string) bool { return v.text() == text }

// list is the items of a sequence.
func (v view) list() (items []view) {
	if !v.exists() || v.layers[0].node.Kind != yaml.SequenceNode {
		return nil
	}
	for _, n := range v.layers[0].node.Content {
		items = append(items, v.doc.view(v.layers[0].file, n))
	}
	return items
}

// texts is the values of a sequence of scalars.
func (v view) texts() (values []string) {
	for _, item := range v.list() {
		values = append(values, item.text())
	}
	return values
}

// keys is the keys of a mapping, as written.
func (v view) keys() (keys []string) {
	for _, l := range v.layers {
		for i := 0; l.node.Kind == yaml.MappingNode && i < len(l.node.Content); i += 2 {
			if k := l.node.Content[i].Value; k != "$ref" && !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// typ is the schema's type without "null".
func (v view) typ() string {
	if t := v.at("type").text(); t != "" {
		return t
	}
	types := slices.DeleteFunc(v.at("type").texts(), func(t string) bool { return t == "null" })
	return strings.Join(types, "|")
}

// A specOp is an operation, or a notification, of the description.
type specOp struct {
	view                   // the operation
	item       view        // its path item
	parameters []view      // of both
	path       string      // as in the description
	alias      [][2]string // further names of path parameters: the name in the path, the one it stands for here
	content    string      // media type of the request
	schema     view        // of the request, or of the notification's resource
}

var verbs = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// operations is every operation by "METHOD path", the further names of doubled templates included, and every
// notification by its event type.
func (d *doc) operations(t *testing.T) map[string]*specOp {
	t.Helper()
	ops := map[string]*specOp{}
	add := func(key string, op *specOp) {
		if old := ops[key]; old != nil {
			t.Errorf("%s: %s is described a second time; first at %s", op.pos(), key, old.pos())
		}
		ops[key] = op
	}
	for _, name := range slices.Sorted(maps.Keys(d.files)) {
		paths := d.file(name).at("paths")
		for _, p := range paths.keys() {
			for _, names := range aliases(p, paths.at(p)) {
				for _, verb := range verbs {
					if op := paths.at(p).at(verb); op.exists() {
						add(strings.ToUpper(verb)+" "+rename(p, names), newSpecOp(p, names, paths.at(p), op))
					}
				}
			}
		}
		hooks := d.file(name).at("webhooks")
		for _, event := range hooks.keys() {
			add(event, newSpecOp("", nil, hooks.at(event), hooks.at(event, "post")))
		}
	}
	return ops
}

// aliases is every set of names that the item's path goes by: the one it is written with, and each alias.
func aliases(_ string, item view) [][][2]string {
	sets := [][][2]string{nil}
	doubled := item.at("x-wxpay-param-aliases")
	for _, name := range doubled.keys() {
		for _, other := range doubled.at(name).texts() {
			sets = append(sets, [][2]string{{name, other}})
		}
	}
	return sets
}

func rename(p string, names [][2]string) string {
	for _, n := range names {
		p = strings.ReplaceAll(p, "{"+n[0]+"}", "{"+n[1]+"}")
	}
	return p
}

func newSpecOp(p string, names [][2]string, item, op view) *specOp {
	s := &specOp{view: op, item: item, path: p, alias: names}
	s.parameters = append(op.at("parameters").list(), item.at("parameters").list()...)
	content := op.at("requestBody", "content")
	if kinds := content.keys(); len(kinds) > 0 {
		s.content = kinds[0]
		s.schema = content.at(kinds[0], "schema")
	}
	return s
}

// parameter is the parameter of that name; path parameters answer to their alias.
func (s *specOp) parameter(in, name string) view {
	for _, n := range s.alias {
		if in == "path" && n[1] == name {
			name = n[0]
		}
	}
	for _, p := range s.parameters {
		if p.at("in").is(in) && p.at("name").is(name) {
			return p
		}
	}
	return view{}
}

// server is the base URL that the description gives the operation; "" is the usual one.
func (s *specOp) server() string {
	for _, v := range []view{s.at("servers"), s.item.at("servers")} {
		if list := v.list(); len(list) > 0 {
			return strings.TrimSuffix(list[0].at("url").text(), "/")
		}
	}
	return ""
}

// reply is the first 2xx response: its code, media type and schema.
func (s *specOp) reply() (code, kind string, schema view) {
	responses := s.at("responses")
	for _, c := range responses.keys() {
		if !strings.HasPrefix(c, "2") {
			continue
		}
		content := responses.at(c, "content")
		if kinds := content.keys(); len(kinds) > 0 {
			return c, kinds[0], content.at(kinds[0], "schema")
		}
		if code == "" {
			code = c
		}
	}
	return code, "", view{}
}
