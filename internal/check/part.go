package check

import (
	"github.com/wxgen/wxgen/internal/source"
)

// part describes one kind of object of the description.
type part struct {
	noun    string            // "operation"
	keys    map[string]rule   // keys that wxgen understands
	refused map[string]string // OpenAPI keys that it does not understand: key to mend
	// sections for a $ref in place of the object; "" if none is allowed
	refs   source.Section
	beside map[string]bool                    // keys allowed beside that $ref
	also   func(*checker, source.Node, label) // further rules
}

// want is the kind of a key's value.
type want int

const (
	aString want = iota
	aBool
	aCount     // a non-negative integer
	aNumber    // any number
	stringList // a list of strings
	anything   // data: examples, defaults
	object     // of
	list       // of
	mapping    // a mapping from names to of
	special    // of.also checks everything
)

// rule describes the value of a key.
type rule struct {
	want want
	of   *part
}

// The parts refer to each other, so init fills them in.
var (
	documentPart     = &part{noun: "document"}
	infoPart         = &part{noun: "info"}
	serverPart       = &part{noun: "server"}
	docsPart         = &part{noun: "externalDocs"}
	tagPart          = &part{noun: "tag"}
	componentsPart   = &part{noun: "components"}
	pathPart         = &part{noun: "path", refs: source.PathItems}
	webhookPart      = &part{noun: "webhook"}
	operationPart    = &part{noun: "operation"}
	eventPart        = &part{noun: "webhook"}
	parameterPart    = &part{noun: "parameter", refs: source.Parameters}
	bodyPart         = &part{noun: "requestBody", refs: source.RequestBodies}
	responsePart     = &part{noun: "response", refs: source.Responses}
	mediaPart        = &part{noun: "media type"}
	encodingPart     = &part{noun: "encoding"}
	examplePart      = &part{noun: "example", refs: source.Examples}
	schemaPart       = &part{noun: "schema", refs: source.Schemas}
	typePart         = &part{noun: "type"}
	enumPart         = &part{noun: "enum"}
	descriptionsPart = &part{noun: "x-enum-descriptions"}
	additionalPart   = &part{noun: "additionalProperties"}
	examplesPart     = &part{noun: "examples"}
	aliasesPart      = &part{noun: "x-wxpay-param-aliases"}
	errorPart        = &part{noun: "x-wxpay-errors"}
)

// free accepts any keys, which have no meaning for Go.
var free = rule{want: anything}
