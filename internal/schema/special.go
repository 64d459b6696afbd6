package schema

import "github.com/wxgen/wxgen/internal/check"

// names are the patterns for keys of some mappings.
var names = map[string]string{
	"paths":    `^/(v3|brand)/[^?#]+$|^x-`,
	"webhooks": `^[A-Z0-9_]+(\.[A-Z0-9_]+)*$|^x-`,
}

// choice is the schema of anyOf and oneOf, which hold choices between fields and nothing else.
var choice = m{"type": "array", "minItems": 2, "items": m{
	"type": "object", "required": []string{"required"}, "additionalProperties": false,
	"properties": m{"required": m{"type": "array", "minItems": 1, "items": m{"type": "string"}}},
}}

// exact are the keys whose schema does not follow from their kind.
var exact = map[string]m{
	"openapi":         {"type": "string", "pattern": `^3\.1\.\d+$`, "default": "3.1.0"},
	"x-wxpay-updated": {"type": "string", "pattern": `^\d{4}-\d{2}-\d{2}$`},
	"anyOf":           choice, "oneOf": choice, "x-wxpay-any-of": choice, "x-wxpay-one-of": choice,
	"allOf": {"type": "array", "items": m{
		"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
		"properties": m{"anyOf": choice, "oneOf": choice},
	}},
}

// special are the parts that are no objects with fixed keys.
var special = map[string]m{
	"type": {"oneOf": []m{
		typeWord(), {"type": "array", "minItems": 1, "maxItems": 2,
			"items": m{"enum": append([]string{"null"}, typeWords()...)}},
	}},
	"enum": {"type": "array", "minItems": 1, "uniqueItems": true,
		"items": m{"type": []string{"string", "integer"}}},
	"x-enum-descriptions":  {"type": "array", "items": m{"type": "string"}},
	"additionalProperties": {"$ref": ref("schema")},
	"examples":             {"type": "array"},
	"x-wxpay-param-aliases": {"type": "object", "additionalProperties": m{
		"type": "array", "minItems": 1, "items": m{"type": "string"},
	}},
}

func typeWords() []string { return check.Dialect()["schema"].Keys["type"].Words }

func typeWord() m { return m{"enum": typeWords()} }
