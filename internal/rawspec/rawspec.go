package rawspec

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A Doc is a description: all its YAML files.
type Doc struct {
	files map[string]*yaml.Node
}

// Read reads every .yaml file below fsys.
func Read(fsys fs.FS) (*Doc, error) {
	d := &Doc{files: map[string]*yaml.Node{}}
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
	return d, err
}

// A View is a place in the description. It reads through a $ref: keys beside the $ref go before
// those of its target.
type View struct {
	doc    *Doc
	layers []layer // the mapping with the $ref first
}

type layer struct {
	file string
	node *yaml.Node
}

// view follows the $refs at the node.
func (d *Doc) view(file string, n *yaml.Node) View {
	v := View{doc: d}
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

// Pos is the place of the view, for messages.
func (v View) Pos() string {
	if len(v.layers) == 0 {
		return "spec"
	}
	return fmt.Sprintf("spec/%s:%d", v.layers[0].file, v.layers[0].node.Line)
}

// At follows keys. The view does not exist if there is no such key.
func (v View) At(keys ...string) View {
	for _, key := range keys {
		next := View{doc: v.doc}
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

// Exists reports whether the view has a node.
func (v View) Exists() bool { return len(v.layers) > 0 }

// Text is a scalar's value, or "".
func (v View) Text() string {
	if !v.Exists() || v.layers[0].node.Kind != yaml.ScalarNode {
		return ""
	}
	return v.layers[0].node.Value
}

// Is reports whether the view is the scalar text.
func (v View) Is(text string) bool { return v.Text() == text }

// List is the items of a sequence.
func (v View) List() (items []View) {
	if !v.Exists() || v.layers[0].node.Kind != yaml.SequenceNode {
		return nil
	}
	for _, n := range v.layers[0].node.Content {
		items = append(items, v.doc.view(v.layers[0].file, n))
	}
	return items
}

// Texts is the values of a sequence of scalars.
func (v View) Texts() (values []string) {
	for _, item := range v.List() {
		values = append(values, item.Text())
	}
	return values
}

// Keys are the keys of a mapping, in order.
func (v View) Keys() (keys []string) {
	for _, l := range v.layers {
		for i := 0; l.node.Kind == yaml.MappingNode && i < len(l.node.Content); i += 2 {
			if k := l.node.Content[i].Value; k != "$ref" && !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// Value is the node as a JSON value; a date is a string. It is nil if the view does not exist.
func (v View) Value() (any, error) {
	if !v.Exists() {
		return nil, nil
	}
	return value(v.layers[0].node)
}

func value(n *yaml.Node) (any, error) {
	switch {
	case n.Kind == yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			item, err := value(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			object[n.Content[i].Value] = item
		}
		return object, nil
	case n.Kind == yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			item, err := value(c)
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		return list, nil
	case n.ShortTag() == "!!timestamp":
		return n.Value, nil
	}
	var scalar any
	err := n.Decode(&scalar)
	return scalar, err
}

// Type is the schema's type without "null".
func (v View) Type() string {
	if t := v.At("type").Text(); t != "" {
		return t
	}
	types := slices.DeleteFunc(v.At("type").Texts(), func(t string) bool { return t == "null" })
	return strings.Join(types, "|")
}

// Sensitive reports whether the schema is of a sealed string, or of an array of them.
func (v View) Sensitive() bool {
	return v.At("x-wxpay-sensitive").Is("true") || v.At("items", "x-wxpay-sensitive").Is("true")
}
