package check

import (
	"slices"

	"github.com/wxgen/wxgen/internal/source"
)

// Part is what one kind of object of a description may hold, as other packages read it.
type Part struct {
	Keys map[string]Value
	// keys of OpenAPI that wxgen does not support: to what to do about it, "" for to remove it
	Refused map[string]string
	Ref     bool // a $ref may stand in its place
}

// Value is what a key takes.
type Value struct {
	Kind  Kind
	Of    string   // the part, of objects, lists and maps
	Words []string // what a string, or each of several, can be; anything if empty
}

// Kind is a kind of value.
type Kind string

// The kinds of values.
const (
	Text    Kind = "text"
	Truth   Kind = "truth"
	Count   Kind = "count" // a whole number from 0
	Number  Kind = "number"
	Texts   Kind = "texts"
	Data    Kind = "data" // anything
	Object  Kind = "object"
	List    Kind = "list"
	Map     Kind = "map"     // from names to parts
	Special Kind = "special" // as the name of the part says
)

// Dialect is the OpenAPI that wxgen reads, by the names of its parts; a description is a
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

// nameOf is the noun of a part, and another where two have one noun.
func nameOf(s *part) string {
	if s == eventPart {
		return "event"
	}
	return s.noun
}

// wordsOf are the words that some keys take.
var wordsOf = map[string][]string{
	"in": {"path", "query", "header"}, "x-wxpay-roles": Roles, "x-wxpay-file": FileFacts,
	"x-wxpay-length": {"bytes", "clear"},
	"format": slices.Concat(formatsOfType["string"], formatsOfType["integer"],
		formatsOfType["number"]), "type": source.SchemaTypes,
}
