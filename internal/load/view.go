package load

import (
	"fmt"
	"iter"

	"go.yaml.in/yaml/v4"
)

// view is a node of a file. Its methods take any node, a missing one too, so that what is wrong in one place need not
// be asked for in every other: check.go has reported it.
type view struct {
	f *file
	n *yaml.Node // nil if missing
}

type position struct{ line, col int }

func (v view) ok() bool { return v.n != nil }

func (v view) pos() position {
	if v.n == nil {
		return position{}
	}
	return position{v.n.Line, v.n.Column}
}

// place returns "spec/v3/pay.yaml:12:5", for use within a message.
func (v view) place() string {
	return fmt.Sprintf("%s:%d:%d", v.f.shown, v.pos().line, v.pos().col)
}

// local is place without the prefix, for the model.
func (v view) local() string {
	return fmt.Sprintf("%s:%d:%d", v.f.name, v.pos().line, v.pos().col)
}

func (v view) isMap() bool    { return v.n != nil && v.n.Kind == yaml.MappingNode }
func (v view) isList() bool   { return v.n != nil && v.n.Kind == yaml.SequenceNode }
func (v view) isScalar() bool { return v.n != nil && v.n.Kind == yaml.ScalarNode }
func (v view) isString() bool {
	return v.isScalar() && (v.n.Tag == "!!str" || v.n.Tag == "!!timestamp")
}

// cut reports whether v is something that tidy has reported and cut off.
func (v view) cut() bool {
	return v.n != nil && (v.n.Kind == yaml.AliasNode || v.n.Tag == "!!merge" || v.n.Tag == cutTag)
}

// cutTag marks keys and values that tidy has reported.
const cutTag = "!cut"

// entry returns a mapping's key and value, both missing if it has no such key.
func (v view) entry(key string) (view, view) {
	if v.isMap() {
		for i := 0; i+1 < len(v.n.Content); i += 2 {
			if v.n.Content[i].Value == key {
				return view{v.f, v.n.Content[i]}, view{v.f, v.n.Content[i+1]}
			}
		}
	}
	return view{f: v.f}, view{f: v.f}
}

func (v view) get(key string) view {
	_, value := v.entry(key)
	return value
}

func (v view) key(key string) view {
	k, _ := v.entry(key)
	return k
}

func (v view) has(key string) bool { return v.get(key).ok() }

// text returns a scalar as written, "" for anything else.
func (v view) text() string {
	if !v.isScalar() {
		return ""
	}
	return v.n.Value
}

// is reports whether the boolean at key is true.
func (v view) is(key string) bool { return v.get(key).text() == "true" }

// entries goes through a mapping in the order of the file.
func (v view) entries() iter.Seq2[view, view] {
	return func(yield func(view, view) bool) {
		if !v.isMap() {
			return
		}
		for i := 0; i+1 < len(v.n.Content); i += 2 {
			if !yield(view{v.f, v.n.Content[i]}, view{v.f, v.n.Content[i+1]}) {
				return
			}
		}
	}
}

// size is the number of entries of a mapping or list.
func (v view) size() int {
	switch {
	case v.isMap():
		return len(v.n.Content) / 2
	case v.isList():
		return len(v.n.Content)
	}
	return 0
}

// items goes through a list.
func (v view) items() iter.Seq2[int, view] {
	return func(yield func(int, view) bool) {
		if !v.isList() {
			return
		}
		for i, n := range v.n.Content {
			if !yield(i, view{v.f, n}) {
				return
			}
		}
	}
}

// texts returns the scalars of a list.
func (v view) texts() []string {
	var list []string
	for _, item := range v.items() {
		list = append(list, item.text())
	}
	return list
}
