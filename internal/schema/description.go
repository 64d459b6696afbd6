package schema

import (
	"cmp"
	"maps"
	"slices"

	"github.com/wxgen/wxgen/internal/check"
)

// Description returns the schema of a description.
func Description() []byte {
	parts := check.Dialect()
	definitions := m{}
	for name, p := range parts {
		if s := special[name]; s != nil {
			definitions[name] = s
		} else {
			definitions[name] = object(name, p)
		}
	}
	root := m{
		"$schema": draft, "title": "A description of WeChat Pay for wxgen",
		"description": "OpenAPI 3.1 as wxgen reads it. wxgen lint checks more than a schema " +
			"can say.",
		"$ref": ref("document"), "definitions": definitions,
	}
	return printed(root)
}

// object is the schema of a part.
func object(name string, p check.Part) m {
	properties := m{}
	for key, v := range p.Keys {
		s := value(key, v)
		if text := about(name, key); text != "" {
			s["description"] = text
		}
		properties[key] = s
	}
	for key, mend := range p.Refused {
		properties[key] = m{"not": m{}, "doNotSuggest": true,
			"errorMessage": key + " is not supported; " + cmp.Or(mend, "remove it")}
	}
	s := m{
		"type": "object", "properties": properties, "additionalProperties": false,
		"patternProperties": m{foreign: m{}}, // keys of other tools and teams
	}
	needs := required[name]
	if p.Ref {
		properties["$ref"] = m{"type": "string", "description": about(name, "$ref")}
		if len(needs) > 0 {
			s["if"], s["else"] = m{"not": m{"required": []string{"$ref"}}}, m{}
			s["then"] = m{"required": needs}
		}
	} else if len(needs) > 0 {
		s["required"] = needs
	}
	return s
}

// foreign matches extensions of others: their prefix is none of x-wxpay, x-go- and x-enum-. It
// avoids look-ahead, which some checkers lack.
const foreign = "^x-([^wge]|w($|[^x])|wx($|[^p])|wxp($|[^a])|wxpa($|[^y])|" +
	"g($|[^o])|go($|[^-])|e($|[^n])|en($|[^u])|enu($|[^m])|enum($|[^-]))"

// required are the keys that each part must have.
var required = map[string][]string{
	"document": {"openapi", "info"}, "info": {"title", "version"}, "server": {"url"},
	"operation": {"operationId", "responses"},
	"webhook":   {"post"}, "event": {"requestBody"}, "parameter": {"name", "in", "schema"},
	"requestBody": {"content"},
	"media type":  {"schema"}, "x-wxpay-errors": {"status", "code"},
}

// value is the schema of a key's value.
func value(key string, v check.Value) m {
	if s := exact[key]; s != nil {
		return maps.Clone(s)
	}
	switch v.Kind {
	case check.Text:
		return words(v.Words)
	case check.Truth:
		return m{"type": "boolean"}
	case check.Count:
		return m{"type": "integer", "minimum": 0}
	case check.Number:
		return m{"type": "number"}
	case check.Texts:
		return m{"type": "array", "items": words(v.Words)}
	case check.List:
		return m{"type": "array", "items": m{"$ref": ref(v.Of)}}
	case check.Map:
		s := m{"type": "object", "additionalProperties": m{"$ref": ref(v.Of)}}
		if pattern := names[key]; pattern != "" {
			s["propertyNames"] = m{"pattern": pattern}
		}
		return s
	case check.Object, check.Special:
		return m{"$ref": ref(v.Of)}
	}
	return m{}
}

// Untold lists the keys without a text, as "part.key".
func Untold() []string {
	var keys []string
	for name, p := range check.Dialect() {
		for key := range p.Keys {
			if special[name] == nil && about(name, key) == "" {
				keys = append(keys, name+"."+key)
			}
		}
	}
	slices.Sort(keys)
	return keys
}
