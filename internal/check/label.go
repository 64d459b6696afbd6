package check

import (
	"strings"

	"github.com/wxgen/wxgen/internal/source"
)

// child is the label of the object at a key.
func (l label) child(k source.Node, of *part) label {
	switch of {
	case operationPart:
		return label{"operation", strings.ToUpper(k.Text()) + " " + l.name}
	case schemaPart:
		if k.Text() != "schema" {
			return l.in(k.Text())
		}
		return l
	case bodyPart:
		return l.in("requestBody")
	case eventPart, infoPart, componentsPart, docsPart:
		return l
	}
	return l.in(k.Text())
}

// element is the label of an item of a list.
func (l label) element(item source.Node, of *part) label {
	switch of {
	case parameterPart:
		if name := item.Get("name").Text(); name != "" {
			return label{"parameter", name}
		}
		return l.in("parameter")
	}
	return l.in(of.noun)
}

// member is the label of a value in a mapping from names.
func (l label) member(name string, of *part) label {
	switch of {
	case schemaPart:
		if l.kind == "document" {
			return label{"schema", name}
		}
		return label{"property", name}
	case mediaPart, examplePart:
		return l
	case responsePart:
		return l.in("response " + name)
	case encodingPart:
		return l.in("encoding " + name)
	}
	return label{of.noun, name}
}
