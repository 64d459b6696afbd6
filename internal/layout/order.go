package layout

import (
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v4"
)

// orders is the order of keys by kind. "x-*" is the place of extensions. Keys that are not listed
// go before that place, or to the end.
var orders = map[kind][]string{
	document: strings.Fields("openapi $schema jsonSchemaDialect info externalDocs tags x-* " +
		"servers security paths webhooks components"),
	info: strings.Fields("title summary description version termsOfService contact " +
		"license x-*"),
	pathItem: strings.Fields("$ref x-* summary description servers parameters get post put patch " +
		"delete head options trace"),
	operationKind: strings.Fields(
		`operationId summary description deprecated tags x-wxpay-roles x-wxpay-updated externalDocs x-*
		x-wxpay-any-of x-wxpay-one-of security servers parameters requestBody responses x-wxpay-errors callbacks`),
	parameter: strings.Fields("$ref name in required deprecated description x-* style explode " +
		"allowReserved schema content example examples"),
	requestBody: strings.Fields("$ref description required x-* content"),
	response:    strings.Fields("$ref description x-* headers content links"),
	mediaType:   strings.Fields("x-* schema encoding example examples"),
	schemaKind: strings.Fields(
		`$ref type format title description deprecated readOnly writeOnly const enum default minimum maximum exclusiveMinimum
		exclusiveMaximum multipleOf minLength maxLength x-wxpay-length pattern minItems maxItems uniqueItems minProperties maxProperties x-* contentEncoding
		contentMediaType contentSchema required allOf oneOf anyOf not properties patternProperties additionalProperties items example examples`),
	errorCode: strings.Fields("status code label"),
	components: strings.Fields("securitySchemes parameters headers requestBodies responses " +
		"pathItems examples links callbacks x-* schemas"),
}

// sortTree puts the keys of every mapping in order.
func sortTree(n *yaml.Node, k kind) {
	sortKeys(n, k)
	for i, c := range n.Content {
		switch {
		case n.Kind == yaml.SequenceNode:
			sortTree(c, k.child("-"))
		case n.Kind == yaml.MappingNode && i%2 == 1:
			sortTree(c, k.child(n.Content[i-1].Value))
		}
	}
}

// sortKeys sorts the keys of a mapping. Keys of equal rank keep their order.
func sortKeys(n *yaml.Node, k kind) {
	order := orders[k]
	if order == nil || n.Kind != yaml.MappingNode || len(n.Content)%2 != 0 {
		return
	}
	rank := func(key string) int {
		if i := slices.Index(order, key); i >= 0 {
			return i
		}
		if i := slices.Index(order, "x-*"); i >= 0 && strings.HasPrefix(key, "x-") {
			return i
		}
		return len(order)
	}
	type pair [2]*yaml.Node
	all := make([]pair, 0, len(n.Content)/2)
	for i := 0; i < len(n.Content); i += 2 {
		all = append(all, pair{n.Content[i], n.Content[i+1]})
	}
	slices.SortStableFunc(all, func(a, b pair) int { return rank(a[0].Value) - rank(b[0].Value) })
	for i, p := range all {
		n.Content[2*i], n.Content[2*i+1] = p[0], p[1]
	}
}
