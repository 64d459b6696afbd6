package layout

import (
	"strings"
)

// kind is the kind of a node in a description. It decides the order of its keys and whether it may
// stand on one line.
type kind int

const (
	free kind = iota // any value: an extension, a default
	example
	document
	info
	servers
	paths
	pathItem
	operationKind
	parameters
	parameter
	requestBody
	content
	mediaType
	responses
	response
	schemaKind
	schemas // a map of them: properties, components
	choice
	errorCodes
	errorCode
	components
	bodies
	headers
)

// children maps the keys of a kind to the kinds of their values; "*" is any key, "-" any item of a
// list.
var children = map[kind]map[string]kind{
	document: {"info": info, "servers": servers, "paths": paths, "webhooks": paths,
		"components": components},
	paths: {"*": pathItem},
	pathItem: {"servers": servers, "parameters": parameters, "*": operationKind, "summary": free,
		"description": free, "$ref": free},
	operationKind: {"servers": servers, "parameters": parameters, "requestBody": requestBody,
		"responses":      responses,
		"x-wxpay-any-of": choice, "x-wxpay-one-of": choice, "x-wxpay-errors": errorCodes},
	parameters:  {"-": parameter, "*": parameter},
	headers:     {"*": parameter},
	parameter:   {"schema": schemaKind, "content": content},
	requestBody: {"content": content},
	bodies:      {"*": requestBody},
	content:     {"*": mediaType},
	mediaType:   {"schema": schemaKind, "example": example},
	responses:   {"*": response},
	response:    {"content": content, "headers": headers},
	components: {"schemas": schemas, "parameters": parameters, "responses": responses,
		"requestBodies": bodies, "headers": headers,
		"pathItems": paths},
	schemas: {"*": schemaKind, "-": schemaKind},
	schemaKind: {"properties": schemas, "patternProperties": schemas, "$defs": schemas,
		"items": schemaKind, "contentSchema": schemaKind,
		"additionalProperties": schemaKind, "not": schemaKind, "allOf": choice, "oneOf": choice,
		"anyOf": choice},
	choice:     {"-": schemaKind},
	errorCodes: {"-": errorCode},
}

func (k kind) child(key string) kind {
	if c, ok := children[k][key]; ok {
		return c
	}
	if strings.HasPrefix(key, "x-") {
		return free
	}
	return children[k]["*"]
}

// tall kinds take several lines, unless they are empty.
func (k kind) tall() bool {
	switch k {
	case document, paths, pathItem, operationKind, parameters, requestBody, content, mediaType,
		responses, components, schemas, bodies,
		servers, example, errorCodes:
		return true
	}
	return false
}
