package layout

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/source"
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

// UnixLines is a text with the line endings of Unix.
func UnixLines(src []byte) []byte { return bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")) }

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

// IsDescription reports whether a YAML file is a description: it has the key openapi at its top.
func IsDescription(src []byte) bool {
	return openapiKey.Match(src)
}

var openapiKey = regexp.MustCompile(`(?m)^["']?openapi["']?\s*:`)

// WithEndings gives a text the line endings that the file had.
func WithEndings(was, text []byte) []byte {
	if bytes.Contains(was, []byte("\r\n")) {
		return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	}
	return text
}

// Parse reads the one document of a file, and hangs every comment on a node.
func Parse(src []byte) (*yaml.Node, []Comment, error) {
	doc, err := decode(src)
	if err != nil {
		return nil, nil, err
	}
	all := comments(src, doc)
	rescue(doc, all)
	return doc, all, nil
}

// decode reads the one document of a file, and refuses what the layout has no words for.
func decode(src []byte) (*yaml.Node, error) {
	doc, flaw := source.Parse(src)
	if flaw != nil {
		return nil, *flaw
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode ||
		Key(doc.Content[0], "openapi") == nil {
		return nil, faultAt(doc.Line, doc.Column,
			"no description: the key openapi is missing at the top", "start with openapi: 3.1.0")
	}
	if root := doc.Content[0]; root.Anchor != "" {
		return nil, faultAt(root.Line, root.Column, "the anchor &"+root.Anchor+
			" on the whole document", "remove it")
	}
	return doc, refuse(doc, 0)
}

// maxDepth bounds the nesting of a file, so that no walk over it can run away. It is that of
// package load.
const maxDepth = 200

// refuse finds what the layout has no words for.
func refuse(n *yaml.Node, depth int) error {
	if depth > maxDepth && len(n.Content) > 0 {
		return faultAt(n.Line, n.Column, fmt.Sprintf("nested deeper than %d levels", maxDepth), "")
	}
	if n.Style&yaml.TaggedStyle != 0 && !slices.Contains(coreTags, n.ShortTag()) {
		return faultAt(n.Line, n.Column, "the tag "+n.Tag,
			"JSON has nothing like it; write the value without")
	}
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if k := n.Content[i]; k.Kind != yaml.ScalarNode {
				return faultAt(k.Line, k.Column, "a key that is no plain text",
					"OpenAPI has none; write the key out")
			}
		}
	}
	for _, c := range n.Content {
		if err := refuse(c, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// coreTags are the tags that JSON has values for.
var coreTags = strings.Fields("!!str !!int !!float !!bool !!null !!map !!seq !!timestamp !!merge")

// verify makes sure that nothing got lost: values, comments, the order of what the layout does not
// sort. Comments are those of the texts, whatever the parser makes of them.
func verify(before *yaml.Node, comments []Comment, out []byte) error {
	after, left, err := Parse(out)
	if err != nil {
		return fmt.Errorf("bug in wxgen: the layout does not read back: %w", err)
	}
	if at, ok := same(before, after); !ok {
		return faultAt(at.Line, at.Column, "bug in wxgen: the layout would change this value",
			"please report it")
	}
	if lost := Without(comments, left); len(lost) > 0 {
		return faultAt(lost[0].Line, lost[0].col,
			"a comment stands where the layout would lose it: "+lost[0].Text,
			"move it to a line of its own above what it is about")
	}
	return nil
}

// same compares two trees, mappings without regard to order, and returns the first node that
// differs.
func same(a, b *yaml.Node) (*yaml.Node, bool) {
	if a.Kind != b.Kind || a.Anchor != b.Anchor || len(a.Content) != len(b.Content) {
		return a, false
	}
	if a.Kind == yaml.ScalarNode && !sameScalar(a, b) {
		return a, false
	}
	if a.Kind == yaml.AliasNode && a.Value != b.Value {
		return a, false
	}
	if a.Kind != yaml.MappingNode {
		for i := range a.Content {
			if at, ok := same(a.Content[i], b.Content[i]); !ok {
				return at, false
			}
		}
		return nil, true
	}
	return sameMapping(a, b)
}

// sameScalar compares what two scalars say; null can be said without a word.
func sameScalar(a, b *yaml.Node) bool {
	return a.ShortTag() == b.ShortTag() && (a.Value == b.Value || a.ShortTag() == "!!null")
}

// sameMapping compares mappings: the sorting keeps the order of keys that read the same.
func sameMapping(a, b *yaml.Node) (*yaml.Node, bool) {
	type key struct {
		tag, value string
		nth        int
	}
	spell := func(n *yaml.Node, seen map[key]int) key {
		k := key{tag: n.ShortTag(), value: n.Value}
		if k.tag == "!!null" {
			k.value = ""
		}
		seen[k]++
		return key{k.tag, k.value, seen[k]}
	}
	values, seen := make(map[key]*yaml.Node, len(b.Content)/2), map[key]int{}
	for i := 0; i+1 < len(b.Content); i += 2 {
		values[spell(b.Content[i], seen)] = b.Content[i+1]
	}
	clear(seen)
	for i := 0; i+1 < len(a.Content); i += 2 {
		value := values[spell(a.Content[i], seen)]
		if value == nil {
			return a.Content[i], false
		}
		if at, ok := same(a.Content[i+1], value); !ok {
			return at, false
		}
	}
	return nil, true
}

// Located puts the name of the file before an error.
func Located(name string, err error) fault.Fault {
	f, ok := errors.AsType[fault.Fault](err)
	if !ok {
		return fault.Fault{File: name, What: err.Error()}
	}
	f.File = name
	return f
}

func faultAt(line, col int, what, mend string) fault.Fault {
	return fault.Fault{Line: line, Col: col, What: what, Mend: mend}
}
