package check

import "github.com/wxgen/wxgen/internal/source"

// kind is what an object of the description may hold.
type kind struct {
	noun    string                             // "operation"
	keys    map[string]rule                    // what wxgen understands
	refused map[string]string                  // OpenAPI that it does not: key to mend
	refs    source.Section                     // where a $ref may lead instead; "" if none may stand here
	beside  map[string]bool                    // what may stand beside that $ref
	also    func(*checker, source.View, label) // more to check
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
	of   *kind
}

// The kinds refer to each other, so init fills them.
var (
	documentKind     = &kind{noun: "document"}
	infoKind         = &kind{noun: "info"}
	serverKind       = &kind{noun: "server"}
	docsKind         = &kind{noun: "externalDocs"}
	tagKind          = &kind{noun: "tag"}
	componentsKind   = &kind{noun: "components"}
	pathKind         = &kind{noun: "path", refs: source.PathItems}
	webhookKind      = &kind{noun: "webhook"}
	operationKind    = &kind{noun: "operation"}
	eventKind        = &kind{noun: "webhook"}
	parameterKind    = &kind{noun: "parameter", refs: source.Parameters}
	bodyKind         = &kind{noun: "requestBody", refs: source.RequestBodies}
	responseKind     = &kind{noun: "response", refs: source.Responses}
	mediaKind        = &kind{noun: "media type"}
	encodingKind     = &kind{noun: "encoding"}
	exampleKind      = &kind{noun: "example", refs: source.Examples}
	schemaKind       = &kind{noun: "schema", refs: source.Schemas}
	typeKind         = &kind{noun: "type"}
	enumKind         = &kind{noun: "enum"}
	descriptionsKind = &kind{noun: "x-enum-descriptions"}
	additionalKind   = &kind{noun: "additionalProperties"}
	examplesKind     = &kind{noun: "examples"}
	aliasesKind      = &kind{noun: "x-wxpay-param-aliases"}
	errorKind        = &kind{noun: "x-wxpay-errors"}
)

// free is any number of keys with no meaning for Go.
var free = rule{want: anything}

func init() {
	initDocument()
	initOperation()
	initParts()
	initSchema()
}

func initDocument() {
	documentKind.keys = map[string]rule{
		"openapi": {want: aString}, "info": {object, infoKind}, "servers": {list, serverKind}, "tags": {list, tagKind},
		"paths": {mapping, pathKind}, "webhooks": {mapping, webhookKind}, "components": {object, componentsKind}, "externalDocs": {object, docsKind},
	}
	documentKind.refused = map[string]string{
		"security":          "remove it: the runtime signs every request",
		"jsonSchemaDialect": "remove it: the dialect is that of OpenAPI 3.1",
	}
	documentKind.also = (*checker).document
	infoKind.keys = map[string]rule{
		"title": {want: aString}, "version": {want: aString}, "summary": {want: aString}, "description": {want: aString},
		"termsOfService": {want: aString}, "contact": free, "license": free,
	}
	serverKind.keys = map[string]rule{"url": {want: aString}, "description": {want: aString}}
	serverKind.refused = map[string]string{"variables": "write the URL in full"}
	serverKind.also = (*checker).server
	docsKind.also = (*checker).docs
	docsKind.keys = map[string]rule{"url": {want: aString}, "description": {want: aString}}
	tagKind.keys = map[string]rule{"name": {want: aString}, "description": {want: aString}, "externalDocs": {object, docsKind}}
	componentsKind.keys = map[string]rule{
		"schemas": {mapping, schemaKind}, "parameters": {mapping, parameterKind}, "requestBodies": {mapping, bodyKind},
		"responses": {mapping, responseKind}, "examples": {mapping, exampleKind}, "pathItems": {mapping, pathKind},
	}
	componentsKind.refused = map[string]string{
		"headers":         "remove it: response headers are read with wxpay.WithRawResponse",
		"securitySchemes": "remove it: the runtime signs every request",
		"links":           "remove it", "callbacks": "describe notifications under webhooks",
	}
}

func initOperation() {
	operation := rule{object, operationKind}
	pathKind.keys = map[string]rule{
		"summary": {want: aString}, "description": {want: aString}, "servers": {list, serverKind}, "parameters": {list, parameterKind},
		"get": operation, "put": operation, "post": operation, "patch": operation, "delete": operation,
		"x-go-name": {want: aString}, "x-wxpay-param-aliases": {special, aliasesKind},
	}
	pathKind.also = (*checker).path
	pathKind.refused = map[string]string{"options": "", "head": "", "trace": ""}
	aliasesKind.also = (*checker).aliases
	operationKind.keys = map[string]rule{
		"operationId": {want: aString}, "summary": {want: aString}, "description": {want: aString}, "externalDocs": {object, docsKind},
		"tags": {want: stringList}, "deprecated": {want: aBool}, "servers": {list, serverKind}, "parameters": {list, parameterKind},
		"requestBody": {object, bodyKind}, "responses": {mapping, responseKind},
		"x-go-name": {want: aString}, "x-wxpay-idempotent": {want: aBool}, "x-wxpay-unsigned": {want: aBool}, "x-wxpay-docs": {want: stringList},
		"x-wxpay-roles": {want: stringList}, "x-wxpay-updated": free, "x-wxpay-errors": {list, errorKind},
		"x-wxpay-any-of": free, "x-wxpay-one-of": free,
	}
	errorKind.keys = map[string]rule{"status": {want: aCount}, "code": {want: aString}, "label": {want: aString}}
	errorKind.also = (*checker).errorCode
	operationKind.refused = map[string]string{
		"callbacks": "describe notifications under webhooks",
		"security":  "remove it: the runtime signs every request",
	}
	operationKind.also = (*checker).operation
	webhookKind.keys = map[string]rule{
		"summary": {want: aString}, "description": {want: aString}, "post": {object, eventKind}, "x-go-name": {want: aString},
	}
	webhookKind.also = (*checker).webhook
	eventKind.keys = map[string]rule{
		"summary": {want: aString}, "description": {want: aString}, "externalDocs": {object, docsKind},
		"tags": {want: stringList}, "requestBody": {object, bodyKind}, "responses": {mapping, responseKind},
		"x-go-name": {want: aString}, "x-wxpay-docs": {want: stringList}, "x-wxpay-roles": {want: stringList}, "x-wxpay-updated": free,
	}
	eventKind.also = (*checker).facts
	eventKind.refused = map[string]string{
		"operationId": "remove it: a notification is called after its event type, or x-go-name",
		"parameters":  "remove it: wxpay.Event holds what the headers say",
		"callbacks":   "", "security": "remove it: the runtime verifies every notification", "servers": "", "deprecated": "",
	}
}

func initParts() {
	parameterKind.keys = map[string]rule{
		"name": {want: aString}, "in": {want: aString}, "required": {want: aBool}, "description": {want: aString}, "deprecated": {want: aBool},
		"schema": {object, schemaKind}, "example": free, "examples": {mapping, exampleKind},
		"style": {want: aString}, "explode": {want: aBool}, "x-go-name": {want: aString},
	}
	parameterKind.refused = map[string]string{
		"content": "write a schema", "allowReserved": "remove it: values are always escaped", "allowEmptyValue": "",
	}
	parameterKind.also = (*checker).parameter
	bodyKind.keys = map[string]rule{"description": {want: aString}, "required": {want: aBool}, "content": {mapping, mediaKind}}
	bodyKind.also = (*checker).body
	responseKind.keys = map[string]rule{"description": {want: aString}, "summary": {want: aString}, "content": {mapping, mediaKind}}
	responseKind.refused = map[string]string{
		"headers": "remove it: response headers are read with wxpay.WithRawResponse", "links": "remove it",
	}
	mediaKind.keys = map[string]rule{
		"schema": {object, schemaKind}, "example": free, "examples": {mapping, exampleKind}, "encoding": {mapping, encodingKind},
	}
	mediaKind.also = (*checker).media
	mediaKind.refused = map[string]string{"itemSchema": "", "itemEncoding": "", "prefixEncoding": ""}
	encodingKind.keys = map[string]rule{"contentType": {want: aString}}
	encodingKind.refused = map[string]string{"headers": "", "style": "", "explode": "", "allowReserved": ""}
	exampleKind.keys = map[string]rule{"summary": {want: aString}, "description": {want: aString}, "value": free}
	exampleKind.refused = map[string]string{"externalValue": "write the value here"}
	for _, s := range []*kind{bodyKind, responseKind, exampleKind} { // where they make no difference to Go
		s.beside = map[string]bool{"summary": true, "description": true}
	}
}

func initSchema() {
	doc := rule{want: aString}
	schemaKind.keys = map[string]rule{
		"type": {special, typeKind}, "format": doc, "title": doc, "description": doc, "deprecated": {want: aBool}, "$comment": doc,
		"enum": {special, enumKind}, "x-enum-varnames": {want: stringList}, "x-enum-descriptions": {special, descriptionsKind},
		"properties": {mapping, schemaKind}, "required": {want: stringList}, "additionalProperties": {special, additionalKind},
		"items": {object, schemaKind}, "minItems": {want: aCount},
		"contentMediaType": doc, "contentSchema": {object, schemaKind},
		"example": free, "examples": {special, examplesKind}, "default": free,
		"x-go-name": doc, "x-go-pointer": {want: aBool}, "x-wxpay-sensitive": {want: aBool}, "x-wxpay-file": doc,
		"maxItems": {want: aCount}, "minLength": {want: aCount}, "maxLength": {want: aCount}, "pattern": doc, "x-wxpay-length": doc,
		"minimum": {want: aNumber}, "maximum": {want: aNumber}, "anyOf": free, "oneOf": free, "allOf": free,
		// Limits that WeChat Pay itself checks: good to know, nothing to do for.
		"uniqueItems": {want: aBool}, "exclusiveMinimum": {want: aNumber}, "exclusiveMaximum": {want: aNumber}, "multipleOf": {want: aNumber},
	}
	examplesKind.noun = "examples"
	schemaKind.beside = map[string]bool{
		"description": true, "title": true, "deprecated": true, "$comment": true, "example": true, "examples": true, "x-go-name": true, "x-go-pointer": true,
	}
	schemaKind.refused = map[string]string{
		"not": "", "if": "", "then": "", "else": "",
		"discriminator": "", "const": "write an enum of one value", "nullable": `write type: [T, "null"]`,
		"prefixItems": "", "contains": "", "minContains": "", "maxContains": "", "unevaluatedItems": "", "unevaluatedProperties": "",
		"patternProperties": "", "propertyNames": "", "dependentSchemas": "", "dependentRequired": "", "minProperties": "", "maxProperties": "",
		"readOnly": "describe the request and the response each by its own schema", "writeOnly": "describe the request and the response each by its own schema",
		"contentEncoding": "", "xml": "", "externalDocs": "", "$defs": "write components/schemas", "definitions": "write components/schemas",
		"$id": "", "$schema": "", "$anchor": "", "$dynamicRef": "", "$dynamicAnchor": "", "$vocabulary": "",
	}
	schemaKind.also = (*checker).schema
	typeKind.also = (*checker).types
	enumKind.also = (*checker).enum
	descriptionsKind.also = (*checker).descriptions
	additionalKind.also = (*checker).additional
	examplesKind.also = (*checker).schemaExamples
}
