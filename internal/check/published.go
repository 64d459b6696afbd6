package check

import (
	"slices"

	"github.com/wxgen/wxgen/internal/source"
)

// Part describes one kind of object of a description for other packages.
type Part struct {
	Keys map[string]Value
	// keys of OpenAPI that wxgen does not support, each with its mend; "" means remove it
	Refused map[string]string
	Ref     bool // a $ref may replace it
}

// Value describes the value of a key.
type Value struct {
	Kind  Kind
	Of    string   // the part, for objects, lists and maps
	Words []string // the allowed texts of a string or of a list's strings; any if empty
}

// Kind is a kind of value.
type Kind string

// The kinds of values.
const (
	Text    Kind = "text"
	Truth   Kind = "truth"
	Count   Kind = "count" // a whole number, at least 0
	Number  Kind = "number"
	Texts   Kind = "texts"
	Data    Kind = "data" // anything
	Object  Kind = "object"
	List    Kind = "list"
	Map     Kind = "map"     // from names to parts
	Special Kind = "special" // depends on the name of the part
)

// Dialect is the part of OpenAPI that wxgen reads, by the names of its parts. A description is a
// "document".
func Dialect() map[string]Part {
	kinds := map[want]Kind{aString: Text, aBool: Truth, aCount: Count, aNumber: Number,
		stringList: Texts, anything: Data, object: Object, list: List, mapping: Map,
		special: Special}
	parts := map[string]Part{}
	var add func(s *part)
	add = func(s *part) {
		name := nameOf(s)
		if _, known := parts[name]; known {
			return
		}
		p := Part{Keys: map[string]Value{}, Refused: s.refused, Ref: s.refs != ""}
		parts[name] = p
		for key, r := range s.keys {
			v := Value{Kind: kinds[r.want], Words: wordsOf[key]}
			if r.of != nil {
				v.Of = nameOf(r.of)
				add(r.of)
			}
			p.Keys[key] = v
		}
	}
	add(documentPart)
	return parts
}

// nameOf is the noun of a part. Two parts share a noun, so one of them has another name.
func nameOf(s *part) string {
	if s == eventPart {
		return "event"
	}
	return s.noun
}

// wordsOf are the allowed texts of some keys.
var wordsOf = map[string][]string{
	"in": {"path", "query", "header"}, "x-wxpay-roles": Roles, "x-wxpay-file": FileFacts,
	"x-wxpay-length": {"bytes", "clear"},
	"format": slices.Concat(formatsOfType["string"], formatsOfType["integer"],
		formatsOfType["number"]), "type": source.SchemaTypes,
}
