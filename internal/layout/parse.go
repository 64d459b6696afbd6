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

// Parse reads the one document of a file, and attaches every comment to a node.
func Parse(src []byte) (*yaml.Node, []Comment, error) {
	doc, err := decode(src)
	if err != nil {
		return nil, nil, err
	}
	all := comments(src, doc)
	rescue(doc, all)
	return doc, all, nil
}

// decode reads the one document of a file. It refuses documents that the layout cannot print.
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

// maxDepth bounds the nesting of a file, and so every walk over it. It equals that of package
// source.
const maxDepth = 200

// refuse finds nodes that the layout cannot print: tags, and keys that are no text.
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

// coreTags are the tags of values that JSON has, too.
var coreTags = strings.Fields("!!str !!int !!float !!bool !!null !!map !!seq !!timestamp !!merge")

// Located adds the name of the file to an error.
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

// IsDescription reports whether a YAML file is a description: it has the key openapi at its top.
func IsDescription(src []byte) bool {
	return openapiKey.Match(src)
}

var openapiKey = regexp.MustCompile(`(?m)^["']?openapi["']?\s*:`)

// UnixLines converts the line endings of a text to LF.
func UnixLines(src []byte) []byte { return bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")) }

// WithEndings gives a text the line endings of the file.
func WithEndings(was, text []byte) []byte {
	if bytes.Contains(was, []byte("\r\n")) {
		return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	}
	return text
}
