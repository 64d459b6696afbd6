package scaffold

import (
	"bytes"
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// Where finds the operation in the files of a description (path below its folder → text), whatever
// the names of its path's parameters. It returns file, line and column; "" if no file has it.
func (w Wanted) Where(files map[string][]byte) (name string, line, col int) {
	section, named, method := "paths", w.Path, strings.ToLower(w.Method)
	if w.Event != "" {
		section, named, method = "webhooks", w.Event, "post"
	}
	literal := slices.MaxFunc(strings.Split(template(named), "/"), func(a, b string) int {
		return cmp.Compare(len(a), len(b))
	})
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text := files[name]
		if !bytes.Contains(text, []byte(literal)) && !bytes.ContainsRune(text, '\\') {
			continue // it lacks the word, and has no escapes that could stand for it
		}
		root, flaw := source.Parse(files[name])
		if flaw != nil {
			continue // lint reports it
		}
		for path, item := range pairs(child(root, section)) {
			if op := key(item, method); template(path.Value) == template(named) && op != nil {
				return name, op.Line, op.Column
			}
		}
	}
	return "", 0, 0
}

// Name is its name in messages.
func (w Wanted) Name() string {
	if w.Event != "" {
		return w.Event
	}
	return w.Method + " " + w.Path
}

// Is reports whether it is the entry of the list of operations. Notifications have another word for
// the method there.
func (w Wanted) Is(method, path string) bool {
	if w.Event != "" {
		return path == w.Event
	}
	return method == w.Method && template(path) == template(w.Path)
}

// pairs yields the entries of a mapping, or of the mapping in a document.
func pairs(n *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(k, v *yaml.Node) bool) {
		if n != nil && n.Kind == yaml.DocumentNode {
			n = n.Content[0]
		}
		if n == nil || n.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !yield(n.Content[i], n.Content[i+1]) {
				return
			}
		}
	}
}

func child(n *yaml.Node, name string) *yaml.Node {
	for k, v := range pairs(n) {
		if k.Value == name {
			return v
		}
	}
	return nil
}

func key(n *yaml.Node, name string) *yaml.Node {
	for k := range pairs(n) {
		if k.Value == name {
			return k
		}
	}
	return nil
}

// template is a path without the names of its parameters.
func template(path string) string {
	segments := strings.Split(strings.TrimSuffix(path, "/"), "/")
	for i, s := range segments {
		if _, ok := route.Parameter(s); ok {
			segments[i] = "{}"
		}
	}
	return strings.Join(segments, "/")
}
