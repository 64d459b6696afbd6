package merge

import (
	"maps"
	"slices"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/layer"
	"github.com/wxgen/wxgen/internal/layout"
)

// Onto writes the changes of a merge into the topmost layer, and returns the changed files of that
// layer. Below is the description without the layer, before is the description with it, and after
// are the files that the merge changed. Onto keeps everything that people wrote into the layer.
func Onto(top, below, before, after map[string][]byte) (map[string][]byte, fault.List) {
	into, faults := readDocs(top)
	is, broken := readDocs(after)
	base, _ := readDocs(named(below, after))
	was, _ := readDocs(named(before, after))
	if faults = append(faults, broken...); len(faults) > 0 {
		return nil, faults
	}
	out := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if was[name] == nil {
			out[name] = after[name]
			continue
		}
		o := onto{into.like(name, is[name])}
		o.mapping(o.root(), rootOf(base[name]), was[name].root(), is[name].root())
		if !o.changed {
			continue
		}
		text, err := o.layout()
		if err != nil {
			faults = append(faults, layout.Located(name, err))
		}
		out[name] = text
	}
	return out, faults
}

// named are those of the files that others are named like.
func named(files, like map[string][]byte) map[string][]byte {
	some := map[string][]byte{}
	for name := range like {
		if text, ok := files[name]; ok {
			some[name] = text
		}
	}
	return some
}

// like returns the file of that name, or a new one with the head of another.
func (ds docs) like(name string, other *doc) *doc {
	if d := ds[name]; d != nil {
		return d
	}
	root := layout.Object()
	for _, key := range []string{"openapi", "info"} {
		if n := layout.Key(other.root(), key); n != nil {
			layout.Put(root, key, fresh(n))
		}
	}
	return &doc{name: name, tree: &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{root}}}
}

func rootOf(d *doc) *yaml.Node {
	if d == nil {
		return nil
	}
	return d.root()
}

// onto is a file of a layer during the change.
type onto struct{ *doc }

// mapping applies the differences between was and is to a mapping of the layer. Below is the
// mapping under that of the layer, nil if there is none.
func (o onto) mapping(into, below, was, is *yaml.Node) {
	for key, v := range layout.Pairs(is) {
		old := layout.Key(was, key.Value)
		switch {
		case old == nil:
			o.put(into, key.Value, v)
		case old.Kind == yaml.MappingNode && v.Kind == yaml.MappingNode && layer.Fits(old, v):
			o.answer(into, key.Value, was, is)
			o.within(into, key.Value, below, old, v)
		case !alike(old, v):
			o.put(into, key.Value, v)
		default:
			o.answer(into, key.Value, was, is)
		}
	}
	for key := range layout.Pairs(was) {
		if layout.Key(is, key.Value) == nil {
			o.remove(into, key.Value, layout.Key(below, key.Value) != nil)
		}
	}
}

// within applies the differences to an inner mapping, and creates it in the layer if necessary.
func (o onto) within(into *yaml.Node, key string, below, was, is *yaml.Node) {
	sub := layout.Key(into, key)
	if sub == nil && alike(was, is) {
		return
	}
	if sub == nil {
		sub = layout.Object()
	}
	o.mapping(sub, layout.Key(below, key), was, is)
	if layout.Key(into, key) == nil && len(sub.Content) > 0 {
		layout.Put(into, key, sub)
	}
}

// put sets a key, and replaces an old entry with its comments.
func (o onto) put(into *yaml.Node, key string, value *yaml.Node) {
	if i := indexOf(into, key); i >= 0 {
		for _, n := range into.Content[2*i : 2*i+2] {
			o.remarks = layout.Without(o.remarks, layout.Attached(n, nil))
		}
		into.Content[2*i] = layout.String(key)
	}
	set(into, key, fresh(value))
	o.changed = true
}

// remove removes a key. If the key is also below, null removes it there.
func (o onto) remove(into *yaml.Node, key string, below bool) {
	if i := indexOf(into, key); i >= 0 {
		for _, n := range into.Content[2*i : 2*i+2] {
			o.remarks = layout.Without(o.remarks, layout.Attached(n, nil))
		}
		into.Content = slices.Delete(into.Content, 2*i, 2*i+2)
		o.changed = true
	}
	if below {
		layout.Put(into, key, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"})
		o.changed = true
	}
}

// answer removes the comments of an entry that the merge removed.
func (o onto) answer(into *yaml.Node, key string, was, is *yaml.Node) {
	i, j, k := indexOf(into, key), indexOf(was, key), indexOf(is, key)
	if i < 0 || j < 0 || k < 0 {
		return
	}
	for n := range 2 {
		mine, old, now := into.Content[2*i+n], was.Content[2*j+n], is.Content[2*k+n]
		if mine.LineComment != "" && mine.LineComment == old.LineComment && now.LineComment == "" {
			o.answered(&mine.LineComment)
		}
	}
}

// alike reports whether two nodes are equal except for comments.
func alike(a, b *yaml.Node) bool {
	a, b = layout.Follow(a), layout.Follow(b)
	if a.Kind != b.Kind || a.Value != b.Value || a.Kind == yaml.ScalarNode && a.Tag != b.Tag {
		return false
	}
	return slices.EqualFunc(a.Content, b.Content, alike)
}

// fresh copies a node without its position.
func fresh(n *yaml.Node) *yaml.Node {
	c := *layout.Follow(n)
	c.Line, c.Column, c.Anchor = 0, 0, ""
	c.Content = make([]*yaml.Node, len(c.Content))
	for i, child := range layout.Follow(n).Content {
		c.Content[i] = fresh(child)
	}
	return &c
}
