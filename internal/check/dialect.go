package check

func init() {
	initDocument()
	initOperation()
	initParts()
	initSchema()
}

func initDocument() {
	documentPart.keys = map[string]rule{
		"openapi": {want: aString}, "info": {object, infoPart}, "servers": {list, serverPart},
		"tags":  {list, tagPart},
		"paths": {mapping, pathPart}, "webhooks": {mapping, webhookPart},
		"components": {object, componentsPart}, "externalDocs": {object, docsPart},
	}
	documentPart.refused = map[string]string{
		"security":          "remove it: the runtime signs every request",
		"jsonSchemaDialect": "remove it: the dialect is that of OpenAPI 3.1",
	}
	documentPart.also = (*checker).document
	infoPart.keys = map[string]rule{
		"title": {want: aString}, "version": {want: aString}, "summary": {want: aString},
		"description":    {want: aString},
		"termsOfService": {want: aString}, "contact": free, "license": free,
	}
	serverPart.keys = map[string]rule{"url": {want: aString}, "description": {want: aString}}
	serverPart.refused = map[string]string{"variables": "write the URL in full"}
	serverPart.also = (*checker).server
	docsPart.also = (*checker).docs
	docsPart.keys = map[string]rule{"url": {want: aString}, "description": {want: aString}}
	tagPart.keys = map[string]rule{"name": {want: aString}, "description": {want: aString},
		"externalDocs": {object, docsPart}}
	componentsPart.keys = map[string]rule{
		"schemas": {mapping, schemaPart}, "parameters": {mapping, parameterPart},
		"requestBodies": {mapping, bodyPart},
		"responses":     {mapping, responsePart}, "examples": {mapping, examplePart},
		"pathItems": {mapping, pathPart},
	}
	componentsPart.refused = map[string]string{
		"headers":         "remove it: response headers are read with wxpay.WithRawResponse",
		"securitySchemes": "remove it: the runtime signs every request",
		"links":           "remove it", "callbacks": "describe notifications under webhooks",
	}
}

func initOperation() {
	operation := rule{object, operationPart}
	pathPart.keys = map[string]rule{
		"summary": {want: aString}, "description": {want: aString}, "servers": {list, serverPart},
		"parameters": {list, parameterPart},
		"get":        operation, "put": operation, "post": operation, "patch": operation,
		"delete":    operation,
		"x-go-name": {want: aString}, "x-wxpay-param-aliases": {special, aliasesPart},
	}
	pathPart.also = (*checker).path
	pathPart.refused = map[string]string{"options": "", "head": "", "trace": ""}
	aliasesPart.also = (*checker).aliases
	operationPart.keys = map[string]rule{
		"operationId": {want: aString}, "summary": {want: aString}, "description": {want: aString},
		"externalDocs": {object, docsPart},
		"tags":         {want: stringList}, "deprecated": {want: aBool},
		"servers": {list, serverPart}, "parameters": {list, parameterPart},
		"requestBody": {object, bodyPart}, "responses": {mapping, responsePart},
		"x-go-name": {want: aString}, "x-wxpay-idempotent": {want: aBool},
		"x-wxpay-unsigned": {want: aBool}, "x-wxpay-docs": {want: stringList},
		"x-wxpay-roles": {want: stringList}, "x-wxpay-updated": free,
		"x-wxpay-errors": {list, errorPart},
		"x-wxpay-any-of": free, "x-wxpay-one-of": free,
	}
	errorPart.keys = map[string]rule{"status": {want: aCount}, "code": {want: aString},
		"label": {want: aString}}
	errorPart.also = (*checker).errorCode
	operationPart.refused = map[string]string{
		"callbacks": "describe notifications under webhooks",
		"security":  "remove it: the runtime signs every request",
	}
	operationPart.also = (*checker).operation
	webhookPart.keys = map[string]rule{
		"summary": {want: aString}, "description": {want: aString}, "post": {object, eventPart},
		"x-go-name": {want: aString},
	}
	webhookPart.also = (*checker).webhook
	eventPart.keys = map[string]rule{
		"summary": {want: aString}, "description": {want: aString},
		"externalDocs": {object, docsPart},
		"tags":         {want: stringList}, "requestBody": {object, bodyPart},
		"responses": {mapping, responsePart},
		"x-go-name": {want: aString}, "x-wxpay-docs": {want: stringList},
		"x-wxpay-roles": {want: stringList}, "x-wxpay-updated": free,
	}
	eventPart.also = (*checker).facts
	eventPart.refused = map[string]string{
		"operationId": "remove it: a notification is called after its event type, or x-go-name",
		"parameters":  "remove it: wxpay.Event holds what the headers say",
		"callbacks":   "", "security": "remove it: the runtime verifies every notification",
		"servers": "", "deprecated": "",
	}
}

func initParts() {
	parameterPart.keys = map[string]rule{
		"name": {want: aString}, "in": {want: aString}, "required": {want: aBool},
		"description": {want: aString}, "deprecated": {want: aBool},
		"schema": {object, schemaPart}, "example": free, "examples": {mapping, examplePart},
		"style": {want: aString}, "explode": {want: aBool}, "x-go-name": {want: aString},
	}
	parameterPart.refused = map[string]string{
		"content": "write a schema", "allowReserved": "remove it: values are always escaped",
		"allowEmptyValue": "",
	}
	parameterPart.also = (*checker).parameter
	bodyPart.keys = map[string]rule{"description": {want: aString}, "required": {want: aBool},
		"content": {mapping, mediaPart}}
	bodyPart.also = (*checker).body
	responsePart.keys = map[string]rule{"description": {want: aString}, "summary": {want: aString},
		"content": {mapping, mediaPart}}
	responsePart.refused = map[string]string{
		"headers": "remove it: response headers are read with wxpay.WithRawResponse",
		"links":   "remove it",
	}
	mediaPart.keys = map[string]rule{
		"schema": {object, schemaPart}, "example": free, "examples": {mapping, examplePart},
		"encoding": {mapping, encodingPart},
	}
	mediaPart.also = (*checker).media
	mediaPart.refused = map[string]string{"itemSchema": "", "itemEncoding": "",
		"prefixEncoding": ""}
	encodingPart.keys = map[string]rule{"contentType": {want: aString}}
	encodingPart.refused = map[string]string{"headers": "", "style": "", "explode": "",
		"allowReserved": ""}
	examplePart.keys = map[string]rule{"summary": {want: aString}, "description": {want: aString},
		"value": free}
	examplePart.refused = map[string]string{"externalValue": "write the value here"}
	// for kinds where they make no difference to Go
	for _, s := range []*part{bodyPart, responsePart, examplePart} {
		s.beside = map[string]bool{"summary": true, "description": true}
	}
}

func initSchema() {
	doc := rule{want: aString}
	schemaPart.keys = map[string]rule{
		"type": {special, typePart}, "format": doc, "title": doc, "description": doc,
		"deprecated": {want: aBool}, "$comment": doc,
		"enum": {special, enumPart}, "x-enum-varnames": {want: stringList},
		"x-enum-descriptions": {special, descriptionsPart},
		"properties":          {mapping, schemaPart}, "required": {want: stringList},
		"additionalProperties": {special, additionalPart},
		"items":                {object, schemaPart}, "minItems": {want: aCount},
		"contentMediaType": doc, "contentSchema": {object, schemaPart},
		"example": free, "examples": {special, examplesPart}, "default": free,
		"x-go-name": doc, "x-go-pointer": {want: aBool}, "x-wxpay-sensitive": {want: aBool},
		"x-wxpay-file": doc,
		"maxItems":     {want: aCount}, "minLength": {want: aCount}, "maxLength": {want: aCount},
		"pattern": doc, "x-wxpay-length": doc,
		"minimum": {want: aNumber}, "maximum": {want: aNumber}, "anyOf": free, "oneOf": free,
		"allOf": free,
		// WeChat Pay itself checks these limits; they are for information only.
		"uniqueItems": {want: aBool}, "exclusiveMinimum": {want: aNumber},
		"exclusiveMaximum": {want: aNumber}, "multipleOf": {want: aNumber},
	}
	examplesPart.noun = "examples"
	schemaPart.beside = map[string]bool{
		"description": true, "title": true, "deprecated": true, "$comment": true, "example": true,
		"examples": true, "x-go-name": true, "x-go-pointer": true,
	}
	schemaPart.refused = map[string]string{
		"not": "", "if": "", "then": "", "else": "",
		"discriminator": "", "const": "write an enum of one value",
		"nullable":    `write type: [T, "null"]`,
		"prefixItems": "", "contains": "", "minContains": "", "maxContains": "",
		"unevaluatedItems": "", "unevaluatedProperties": "",
		"patternProperties": "", "propertyNames": "", "dependentSchemas": "",
		"dependentRequired": "", "minProperties": "", "maxProperties": "",
		"readOnly":        "describe the request and the response each by its own schema",
		"writeOnly":       "describe the request and the response each by its own schema",
		"contentEncoding": "", "xml": "", "externalDocs": "", "$defs": "write components/schemas",
		"definitions": "write components/schemas",
		"$id":         "", "$schema": "", "$anchor": "", "$dynamicRef": "", "$dynamicAnchor": "",
		"$vocabulary": "",
	}
	schemaPart.also = (*checker).schema
	typePart.also = (*checker).types
	enumPart.also = (*checker).enum
	descriptionsPart.also = (*checker).descriptions
	additionalPart.also = (*checker).additional
	examplesPart.also = (*checker).schemaExamples
}
