package layout

import (
	"bytes"

	yaml "go.yaml.in/yaml/v4"
)

// Format prints a description in its one canonical form: keys in a fixed order, a line per plain
// property, long lists wrapped, comments kept. It is idempotent, and it changes neither values nor
// the order of paths, properties and list items. It refuses a file that it cannot print without
// loss, with a fault.Fault that names the file and the place.
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

// Canonical prints a tree repeatedly until the text no longer changes: a comment between two
// entries may belong to either, and moves at most once or twice. Each round keeps the values and
// the given comments.
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
