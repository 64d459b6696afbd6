package source

import (
	"fmt"
	"iter"

	"go.yaml.in/yaml/v4"
)

// View is a node of a file. Its methods take any node, a missing one too, so that what is wrong in
// one place need not be asked for in every other: check.go has reported it.
type View struct {
	File *File
	Node *yaml.Node // nil if missing
}

type position struct{ Line, Col int }

func (v View) OK() bool { return v.Node != nil }

func (v View) Pos() position {
	if v.Node == nil {
		return position{}
	}
	return position{v.Node.Line, v.Node.Column}
}

// Place returns "spec/v3/pay.yaml:12:5", for use within a message.
func (v View) Place() string {
	return fmt.Sprintf("%s:%d:%d", v.File.Shown, v.Pos().Line, v.Pos().Col)
}

// Local is place without the prefix, for the model.
func (v View) Local() string {
	return fmt.Sprintf("%s:%d:%d", v.File.Name, v.Pos().Line, v.Pos().Col)
}

func (v View) IsMap() bool    { return v.Node != nil && v.Node.Kind == yaml.MappingNode }
func (v View) IsList() bool   { return v.Node != nil && v.Node.Kind == yaml.SequenceNode }
func (v View) IsScalar() bool { return v.Node != nil && v.Node.Kind == yaml.ScalarNode }
func (v View) IsString() bool {
	return v.IsScalar() && (v.Node.Tag == "!!str" || v.Node.Tag == "!!timestamp")
}

// Pruned reports whether v is something that tidy has reported and cut off.
func (v View) Pruned() bool {
	return v.Node != nil && (v.Node.Kind == yaml.AliasNode || v.Node.Tag == "!!merge" ||
		v.Node.Tag == prunedTag)
}

// prunedTag marks keys and values that tidy has reported.
const prunedTag = "!cut"

// child is the view of the i-th node below v, which another file may have put there.
func (v View) child(i int) View {
	n := v.Node.Content[i]
	if f := v.File.origins[n]; f != nil {
		return View{f, n}
	}
	return View{v.File, n}
}

// Entry returns a mapping's key and value, both missing if it has no such key.
func (v View) Entry(key string) (View, View) {
	if v.IsMap() {
		for i := 0; i+1 < len(v.Node.Content); i += 2 {
			if v.Node.Content[i].Value == key {
				return v.child(i), v.child(i + 1)
			}
		}
	}
	return View{File: v.File}, View{File: v.File}
}

func (v View) Get(key string) View {
	_, value := v.Entry(key)
	return value
}

func (v View) Key(key string) View {
	k, _ := v.Entry(key)
	return k
}

func (v View) Has(key string) bool { return v.Get(key).OK() }

// Text returns a scalar as written, "" for anything else.
func (v View) Text() string {
	if !v.IsScalar() {
		return ""
	}
	return v.Node.Value
}

// Is reports whether the boolean at key is true.
func (v View) Is(key string) bool { return v.Get(key).Text() == "true" }

// Entries goes through a mapping in the order of the file.
func (v View) Entries() iter.Seq2[View, View] {
	return func(yield func(View, View) bool) {
		if !v.IsMap() {
			return
		}
		for i := 0; i+1 < len(v.Node.Content); i += 2 {
			if !yield(v.child(i), v.child(i+1)) {
				return
			}
		}
	}
}

// Children goes through the nodes below v as they stand, keys and values of a mapping by turns.
func (v View) Children() iter.Seq2[int, View] {
	return func(yield func(int, View) bool) {
		for i := range v.Node.Content {
			if !yield(i, v.child(i)) {
				return
			}
		}
	}
}

// Size is the number of entries of a mapping or list.
func (v View) Size() int {
	switch {
	case v.IsMap():
		return len(v.Node.Content) / 2
	case v.IsList():
		return len(v.Node.Content)
	}
	return 0
}

// Items goes through a list.
func (v View) Items() iter.Seq2[int, View] {
	return func(yield func(int, View) bool) {
		if !v.IsList() {
			return
		}
		for i := range v.Node.Content {
			if !yield(i, v.child(i)) {
				return
			}
		}
	}
}

// Texts returns the scalars of a list.
func (v View) Texts() []string {
	var list []string
	for _, item := range v.Items() {
		list = append(list, item.Text())
	}
	return list
}
