package check

import (
	"github.com/wxgen/wxgen/internal/source"
)

// part is what one kind of object of the description may hold.
type part struct {
	noun    string            // "operation"
	keys    map[string]rule   // what wxgen understands
	refused map[string]string // OpenAPI that it does not: key to mend
	// where a $ref may lead instead; "" if none may stand here
	refs   source.Section
	beside map[string]bool                    // what may stand beside that $ref
	also   func(*checker, source.Node, label) // more to check
}

// want is the kind of value that a key takes.
type want int

const (
	aString want = iota
	aBool
	aCount     // an integer, not negative
	aNumber    // any number
	stringList // a list of strings
	anything   // data: examples, defaults
	object     // of
	list       // of
	mapping    // a mapping from names to of
	special    // of.also does everything
)

// rule says what a key takes.
type rule struct {
	want want
	of   *part
}

// The parts refer to each other, so init fills them.
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

// free is any number of keys with no meaning for Go.
var free = rule{want: anything}
