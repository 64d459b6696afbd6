package schema

// about is the meaning of a key: in this part, or everywhere.
func about(part, key string) string {
	if text, ok := meanings[part+"."+key]; ok {
		return text
	}
	return meanings[key]
}

// meanings are the texts that an editor shows for a key. A key of one part alone has the part's
// name before it.
var meanings = map[string]string{
	"openapi": "The version of OpenAPI: 3.1.0. A file without this key is a part " +
		"that others $ref to.",
	"info": "What the file describes.",
	"info.title": "The service's name, as 微工卡. It is in the documentation of the Go " +
		"package.",
	"info.version":   `A text: "3" for APIv3.`,
	"info.summary":   "One line about the service.",
	"termsOfService": "A link to the terms. Go does not show it.",
	"contact":        "Whom to ask. Go does not show it.",
	"license":        "The license of the description. Go does not show it.",
	"servers": "Where requests go. Another host than api.mch.weixin.qq.com is " +
		"written at the path or the operation; of several, the caller may choose one.",
	"server.url":    `An absolute URL, like "https://apihk.mch.weixin.qq.com".`,
	"url":           "The address of the page.",
	"externalDocs":  "The reference page. It is in the comment of the Go method.",
	"document.tags": "The products that operations belong to.",
	"tag.name":      "The product.",
	"tags": "The products that it belongs to. They are in the comment, and " +
		"wxgen list finds them.",
	"paths": "Operations by path. A path begins with /v3/ or /brand/; what " +
		"varies is a {parameter}.",
	"webhooks": "Notifications by event_type, like TRANSACTION.SUCCESS. The schema " +
		"of the body is the decrypted resource.",
	"components":            "What several places $ref to. A component has one Go type.",
	"schemas":               "Shapes, by name. The name is that of the Go type.",
	"requestBodies":         "Bodies of requests, by name.",
	"components.responses":  "Responses, by name.",
	"components.parameters": "Parameters, by name.",
	"components.examples":   "Examples, by name.",
	"pathItems":             "Paths, by name.",
	"$ref":                  `What stands there, in this file ("#/components/schemas/Amount") or another ("../components.yaml#/components/responses/Error"). It never leaves the folder of the description.`,
	"summary": "The title, as the reference page has it: the first line of the " +
		"comment in Go.",
	"description": "What it is. It becomes the comment in Go.",
	"title":       "A name for people. Go does not show it.",
	"$comment":    "For readers of the description. Go does not show it.",
	"get":         "What GET does. It is safe to repeat, so it is retried.",
	"post":        "What POST does.",
	"webhook.post": "The notification. The schema of its requestBody is the decrypted " +
		"resource.",
	"put":             "What PUT does.",
	"patch":           "What PATCH does.",
	"delete":          "What DELETE does.",
	"path.parameters": "Parameters of all operations of the path.",
	"operation.parameters": "Parameters: of the path, the query and the header. " +
		"Wechatpay-Serial is the runtime's: $ref the shared one.",
	"operationId": "The operation's name. Types are called <operationId>Request and " +
		"<operationId>Response, so it stays once it is out.",
	"requestBody": "The body: application/json, or multipart/form-data for an upload.",
	"event.requestBody": "What is notified: its schema is the decrypted resource, not the " +
		"envelope.",
	"responses": "The response 2xx, and default with a $ref to the shared Error. 204 " +
		"for no content.",
	"content": "The body by its media type: one of application/json, " +
		"multipart/form-data, application/octet-stream.",
	"media type.schema": "The shape of the body.",
	"parameter.schema": "The type: a string, integer, number, boolean, or in a query an " +
		"array of strings or integers.",
	"encoding": "Of an upload: {meta: {contentType: application/json}}.",
	"contentType": "The type of the part: application/json for the one that describes " +
		"the file.",
	"name":               "The name as it is sent.",
	"in":                 "Where it is sent: path, query or header.",
	"parameter.required": "Whether it must be sent. A path parameter always says true.",
	"schema.required": "The fields that must be there: of a request, only what WeChat Pay " +
		"requires of everybody.",
	"requestBody.required": "true. A body is always sent, if only an empty object.",
	"style":                "The default of OpenAPI; better left out.",
	"explode":              "The default of OpenAPI; better left out.",
	"deprecated":           "Not to be used any more. Go's tools say so.",
	"example": "An example. wxgen lint holds it to the schema; of a sealed field " +
		"only the type counts.",
	"examples": "Examples. wxgen lint holds them to the schema.",
	"value":    "The example itself.",
	"default":  "What WeChat Pay takes where nothing is sent. Go does not send it.",
	"type":     `string, integer (int64 in Go), number, boolean, array or object; [T, "null"] in replies.`,
	"format": "date-time (wxpay.Time), date, binary (a file) and others that " +
		"only tell.",
	"enum": "The values. In Go: constants of an open type, so a new value from " +
		"WeChat Pay breaks nothing.",
	"x-enum-varnames":      "Names of the constants, one for each value, behind the type's name.",
	"x-enum-descriptions":  `What each value means, one for each, "" where there is nothing to say. They are the constants' comments.`,
	"properties":           "The fields, in the order of the Go struct.",
	"additionalProperties": "The schema of the values of a map with any keys.",
	"items":                "The schema of the elements.",
	"minItems":             "The least number of elements. Validate checks it.",
	"maxItems":             "The greatest number of elements. Validate checks it.",
	"uniqueItems":          "No element twice. WeChat Pay checks it.",
	"minLength":            "The least length, in characters. Validate checks it.",
	"maxLength": "The greatest length, in characters; x-wxpay-length says so where " +
		"it is another. Validate checks it.",
	"pattern": "A regular expression that Go takes, too. Validate checks one that " +
		"is a class of characters, like ^[0-9A-Za-z]{6,32}$; the comment shows any.",
	"minimum":          "The least value. Validate checks it.",
	"maximum":          "The greatest value. Validate checks it.",
	"exclusiveMinimum": "The value must be greater. WeChat Pay checks it.",
	"exclusiveMaximum": "The value must be less. WeChat Pay checks it.",
	"multipleOf":       "The value is a multiple of this. WeChat Pay checks it.",
	"contentMediaType": "application/json: the string holds JSON, which contentSchema " +
		"describes.",
	"contentSchema": "The shape of the JSON in the string. Callers see fields, and the " +
		"runtime writes the string.",
	"anyOf": "One or more of these fields is required: [{required: [a]}, " +
		"{required: [b]}]. Validate checks it.",
	"oneOf": "Exactly one of these fields may be set: [{required: [a]}, " +
		"{required: [b]}]. Validate checks it.",
	"allOf":     "Several choices: [{anyOf: …}, {oneOf: …}].",
	"x-go-name": "The name in Go, where the rules give a bad one or two the same.",
	"x-go-pointer": "Whether the field is a pointer in Go. A number or boolean of a " +
		"component that requests and responses share must say.",
	"x-wxpay-sensitive": "true: a wxpay.Secret. Sealed with WeChat Pay's key on the way out, " +
		"opened with the merchant's on the way in, never shown in logs.",
	"x-wxpay-length": "What minLength and maxLength count: bytes; or, of a sensitive " +
		"string, clear: its clear text instead of the ciphertext.",
	"x-wxpay-file": "Of the JSON part of an upload: the file's name, or its digest as " +
		"sha256 or sm3. The runtime fills it.",
	"x-wxpay-unsigned": "Whether the reply carries no signature, as those of bills and " +
		"files: they cannot be verified.",
	"x-wxpay-idempotent": "true: it may be sent twice, so it is retried. GET always is.",
	"x-wxpay-docs":       "Further reference pages.",
	"x-wxpay-roles": "Who may call it: merchant 商户, partner 服务商, platform 平台, institution " +
		"从业机构, channel 渠道商, brand 品牌.",
	"x-wxpay-updated": "When WeChat Pay last changed it, as 2025-01-31.",
	"x-wxpay-errors": "The codes that it is refused with: {status: 400, code: " +
		"PARAM_ERROR, label: 参数错误}.",
	"status": "The status of HTTP, from 400 to 599.",
	"code":   "The code, like PARAM_ERROR.",
	"label":  "What the code means.",
	"x-wxpay-any-of": "One or more of these parameters is required: [{required: [a]}, " +
		"{required: [b]}].",
	"x-wxpay-one-of": "Exactly one of these parameters may be set: [{required: [a]}, " +
		"{required: [b]}].",
	"x-wxpay-param-aliases": "Other names of path parameters: {applyment_id: [business_code]}. " +
		"Each has a By… method of its own.",
}
