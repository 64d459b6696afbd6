package check

import (
	"github.com/wxgen/wxgen/internal/source"
)

// The keys of choices: of a schema for its properties, and of an operation for its query and header
// parameters. Those at anyKey let several branches be set, those at oneKey do not.
var (
	ChoiceKeys      = []string{anyKey: "anyOf", oneKey: "oneOf"}
	ParamChoiceKeys = []string{anyKey: "x-wxpay-any-of", oneKey: "x-wxpay-one-of"}
)

const (
	anyKey = iota
	oneKey
)

// ChoiceGroup is one anyOf or oneOf.
type ChoiceGroup struct {
	Key, List source.Node
	Exactly   bool // only one branch may be set
}

// ChoicesOf lists the groups of a schema or operation.
func ChoicesOf(v source.Node, keys []string) []ChoiceGroup {
	var groups []ChoiceGroup
	for i, key := range keys {
		if k, list := v.Entry(key); k.OK() {
			groups = append(groups, ChoiceGroup{k, list, i == oneKey})
		}
	}
	for _, part := range v.Get("allOf").Items() {
		groups = append(groups, ChoicesOf(part, keys)...)
	}
	return groups
}
