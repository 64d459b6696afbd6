package load

// shape is what an object of the description may hold.
type shape struct {
	noun    string                      // "operation"
	keys    map[string]rule             // what wxgen understands
	refused map[string]string           // OpenAPI that it does not: key to mend
	refs    section                     // where a $ref may lead instead; "" if none may stand here
	beside  map[string]bool             // what may stand beside that $ref
	also    func(*checker, view, label) // more to check
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
	named      // a mapping from names to of
	special    // of.also does everything
)

// rule says what a key takes.
type rule struct {
	want want
	of   *shape
}

// The shapes refer to each other, so init fills them.
var (
	documentShape     = &shape{noun: "document"}
	infoShape         = &shape{noun: "info"}
	serverShape       = &shape{noun: "server"}
	docsShape         = &shape{noun: "externalDocs"}
	tagShape          = &shape{noun: "tag"}
	componentsShape   = &shape{noun: "components"}
	pathShape         = &shape{noun: "path", refs: pathItems}
	webhookShape      = &shape{noun: "webhook"}
	operationShape    = &shape{noun: "operation"}
	eventShape        = &shape{noun: "webhook"}
	parameterShape    = &shape{noun: "parameter", refs: parameters}
	bodyShape         = &shape{noun: "requestBody", refs: requestBodies}
	responseShape     = &shape{noun: "response", refs: responses}
	mediaShape        = &shape{noun: "media type"}
	encodingShape     = &shape{noun: "encoding"}
	exampleShape      = &shape{noun: "example", refs: examples}
	schemaShape       = &shape{noun: "schema", refs: schemas}
	typeShape         = &shape{noun: "type"}
	enumShape         = &shape{noun: "enum"}
	descriptionsShape = &shape{noun: "x-enum-descriptions"}
	additionalShape   = &shape{noun: "additionalProperties"}
	examplesShape     = &shape{noun: "examples"}
	aliasesShape      = &shape{noun: "x-wxpay-param-aliases"}
	errorShape        = &shape{noun: "x-wxpay-errors"}
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
	documentShape.keys = map[string]rule{
		"openapi": {want: aString}, "info": {object, infoShape}, "servers": {list, serverShape}, "tags": {list, tagShape},
		"paths": {named, pathShape}, "webhooks": {named, webhookShape}, "components": {object, componentsShape}, "externalDocs": {object, docsShape},
	}
	documentShape.refused = map[string]string{
		"security":          "remove it: the runtime signs every request",
		"jsonSchemaDialect": "remove it: the dialect is that of OpenAPI 3.1",
	}
	documentShape.also = (*checker).document
	infoShape.keys = map[string]rule{
		"title": {want: aString}, "version": {want: aString}, "summary": {want: aString}, "description": {want: aString},
		"termsOfService": {want: aString}, "contact": free, "license": free,
	}
	serverShape.keys = map[string]rule{"url": {want: aString}, "description": {want: aString}}
	serverShape.refused = map[string]string{"variables": "write the URL in full"}
	serverShape.also = (*checker).server
	docsShape.also = (*checker).docs
	docsShape.keys = map[string]rule{"url": {want: aString}, "description": {want: aString}}
	tagShape.keys = map[string]rule{"name": {want: aString}, "description": {want: aString}, "externalDocs": {object, docsShape}}
	componentsShape.keys = map[string]rule{
		"schemas": {named, schemaShape}, "parameters": {named, parameterShape}, "requestBodies": {named, bodyShape},
		"responses": {named, responseShape}, "examples": {named, exampleShape}, "pathItems": {named, pathShape},
	}
	componentsShape.refused = map[string]string{
		"headers":         "remove it: response headers are read with wxpay.WithRawResponse",
		"securitySchemes": "remove it: the runtime signs every request",
		"links":           "remove it", "callbacks": "describe notifications under webhooks",
	}
}

func initOperation() {
	operation := rule{object, operationShape}
	pathShape.keys = map[string]rule{
		"summary": {want: aString}, "description": {want: aString}, "servers": {list, serverShape}, "parameters": {list, parameterShape},
		"get": operation, "put": operation, "post": operation, "patch": operation, "delete": operation,
		"x-go-name": {want: aString}, "x-wxpay-param-aliases": {special, aliasesShape},
	}
	pathShape.also = (*checker).path
	pathShape.refused = map[string]string{"options": "", "head": "", "trace": ""}
	aliasesShape.also = (*checker).aliases
	operationShape.keys = map[string]rule{
		"operationId": {want: aString}, "summary": {want: aString}, "description": {want: aString}, "externalDocs": {object, docsShape},
		"tags": {want: stringList}, "deprecated": {want: aBool}, "servers": {list, serverShape}, "parameters": {list, parameterShape},
		"requestBody": {object, bodyShape}, "responses": {named, responseShape},
		"x-go-name": {want: aString}, "x-wxpay-idempotent": {want: aBool}, "x-wxpay-unsigned": {want: aBool}, "x-wxpay-docs": {want: stringList},
		"x-wxpay-roles": {want: stringList}, "x-wxpay-updated": free, "x-wxpay-errors": {list, errorShape},
		"x-wxpay-any-of": free, "x-wxpay-one-of": free,
	}
	errorShape.keys = map[string]rule{"status": {want: aCount}, "code": {want: aString}, "label": {want: aString}}
	errorShape.also = (*checker).errorCode
	operationShape.refused = map[string]string{
		"callbacks": "describe notifications under webhooks",
		"security":  "remove it: the runtime signs every request",
	}
	operationShape.also = (*checker).operation
	webhookShape.keys = map[string]rule{
		"summary": {want: aString}, "description": {want: aString}, "post": {object, eventShape}, "x-go-name": {want: aString},
	}
	webhookShape.also = (*checker).webhook
	eventShape.keys = map[string]rule{
		"summary": {want: aString}, "description": {want: aString}, "externalDocs": {object, docsShape},
		"tags": {want: stringList}, "requestBody": {object, bodyShape}, "responses": {named, responseShape},
		"x-go-name": {want: aString}, "x-wxpay-docs": {want: stringList}, "x-wxpay-roles": {want: stringList}, "x-wxpay-updated": free,
	}
	eventShape.also = (*checker).facts
	eventShape.refused = map[string]string{
		"operationId": "remove it: a notification is called after its event type, or x-go-name",
		"parameters":  "remove it: wxpay.Event holds what the headers say",
		"callbacks":   "", "security": "remove it: the runtime verifies every notification", "servers": "", "deprecated": "",
	}
}

func initParts() {
	parameterShape.keys = map[string]rule{
		"name": {want: aString}, "in": {want: aString}, "required": {want: aBool}, "description": {want: aString}, "deprecated": {want: aBool},
		"schema": {object, schemaShape}, "example": free, "examples": {named, exampleShape},
		"style": {want: aString}, "explode": {want: aBool}, "x-go-name": {want: aString},
	}
	parameterShape.refused = map[string]string{
		"content": "write a schema", "allowReserved": "remove it: values are always escaped", "allowEmptyValue": "",
	}
	parameterShape.also = (*checker).parameter
	bodyShape.keys = map[string]rule{"description": {want: aString}, "required": {want: aBool}, "content": {named, mediaShape}}
	bodyShape.also = (*checker).body
	responseShape.keys = map[string]rule{"description": {want: aString}, "summary": {want: aString}, "content": {named, mediaShape}}
	responseShape.refused = map[string]string{
		"headers": "remove it: response headers are read with wxpay.WithRawResponse", "links": "remove it",
	}
	mediaShape.keys = map[string]rule{
		"schema": {object, schemaShape}, "example": free, "examples": {named, exampleShape}, "encoding": {named, encodingShape},
	}
	mediaShape.also = (*checker).media
	mediaShape.refused = map[string]string{"itemSchema": "", "itemEncoding": "", "prefixEncoding": ""}
	encodingShape.keys = map[string]rule{"contentType": {want: aString}}
	encodingShape.refused = map[string]string{"headers": "", "style": "", "explode": "", "allowReserved": ""}
	exampleShape.keys = map[string]rule{"summary": {want: aString}, "description": {want: aString}, "value": free}
	exampleShape.refused = map[string]string{"externalValue": "write the value here"}
	for _, s := range []*shape{bodyShape, responseShape, exampleShape} { // where they make no difference to Go
		s.beside = map[string]bool{"summary": true, "description": true}
	}
}

func initSchema() {
	doc := rule{want: aString}
	schemaShape.keys = map[string]rule{
		"type": {special, typeShape}, "format": doc, "title": doc, "description": doc, "deprecated": {want: aBool}, "$comment": doc,
		"enum": {special, enumShape}, "x-enum-varnames": {want: stringList}, "x-enum-descriptions": {special, descriptionsShape},
		"properties": {named, schemaShape}, "required": {want: stringList}, "additionalProperties": {special, additionalShape},
		"items": {object, schemaShape}, "minItems": {want: aCount},
		"contentMediaType": doc, "contentSchema": {object, schemaShape},
		"example": free, "examples": {special, examplesShape}, "default": free,
		"x-go-name": doc, "x-go-pointer": {want: aBool}, "x-wxpay-sensitive": {want: aBool}, "x-wxpay-file": doc,
		"maxItems": {want: aCount}, "minLength": {want: aCount}, "maxLength": {want: aCount}, "pattern": doc, "x-wxpay-length": doc,
		"minimum": {want: aNumber}, "maximum": {want: aNumber}, "anyOf": free, "oneOf": free, "allOf": free,
		// Limits that WeChat Pay itself checks: good to know, nothing to do for.
		"uniqueItems": {want: aBool}, "exclusiveMinimum": {want: aNumber}, "exclusiveMaximum": {want: aNumber}, "multipleOf": {want: aNumber},
	}
	examplesShape.noun = "examples"
	schemaShape.beside = map[string]bool{
		"description": true, "title": true, "deprecated": true, "$comment": true, "example": true, "examples": true, "x-go-name": true, "x-go-pointer": true,
	}
	schemaShape.refused = map[string]string{
		"not": "", "if": "", "then": "", "else": "",
		"discriminator": "", "const": "write an enum of one value", "nullable": `write type: [T, "null"]`,
		"prefixItems": "", "contains": "", "minContains": "", "maxContains": "", "unevaluatedItems": "", "unevaluatedProperties": "",
		"patternProperties": "", "propertyNames": "", "dependentSchemas": "", "dependentRequired": "", "minProperties": "", "maxProperties": "",
		"readOnly": "describe the request and the response each by its own schema", "writeOnly": "describe the request and the response each by its own schema",
		"contentEncoding": "", "xml": "", "externalDocs": "", "$defs": "write components/schemas", "definitions": "write components/schemas",
		"$id": "", "$schema": "", "$anchor": "", "$dynamicRef": "", "$dynamicAnchor": "", "$vocabulary": "",
	}
	schemaShape.also = (*checker).schema
	typeShape.also = (*checker).types
	enumShape.also = (*checker).enum
	descriptionsShape.also = (*checker).descriptions
	additionalShape.also = (*checker).additional
	examplesShape.also = (*checker).schemaExamples
}
