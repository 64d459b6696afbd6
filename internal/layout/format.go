package layout

import (
	"bytes"

	yaml "go.yaml.in/yaml/v4"
)

// Format lays a description out in the one canonical way: keys in a fixed order, a line per plain
// property, long lists wrapped, comments kept. It is idempotent, and it changes neither values nor
// the order of paths, properties and list items. A file that it cannot lay out without losing
// something is refused with a fault.Fault that names it and the place.
func Format(name string, src []byte) ([]byte, error) {
	text := UnixLines(src)
	root, comments, err := Parse(text)
	if err != nil {
		return nil, Located(name, err)
	}
	out, err := Canonical(root, comments, text)
	if err != nil {
		return nil, Located(name, err)
	}
	return WithEndings(src, out), nil
}

// Canonical lays a tree out, again and again until that changes nothing: a comment between two
// entries may belong to either, and moves at most once or twice. Values are the same after each
// round, and the comments given are all there.
func Canonical(root *yaml.Node, comments []Comment, src []byte) ([]byte, error) {
	var out []byte
	for range 6 {
		out = render(root, src)
		if err := verify(root, comments, out); err != nil || bytes.Equal(out, src) {
			return out, err
		}
		src = out
		root, _, _ = Parse(out) // verify has parsed it
	}
	return out, nil
}
