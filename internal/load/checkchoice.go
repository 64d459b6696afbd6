package load

import (
	"fmt"
	"strings"
)

// The keys that say that one of several is required: of a schema, for its properties, and of an operation, for its query
// and header parameters. Those at anyKey let several branches be set, those at oneKey do not.
var (
	choiceKeys      = []string{anyKey: "anyOf", oneKey: "oneOf"}
	paramChoiceKeys = []string{anyKey: "x-wxpay-any-of", oneKey: "x-wxpay-one-of"}
)

const (
	anyKey = iota
	oneKey
)

// choices checks anyOf and oneOf of an object, and allOf, which joins several of them.
func (c *checker) choices(v view, t string, l label) {
	if !c.allOf(v, l) {
		return
	}
	for _, g := range choicesOf(v, choiceKeys) {
		switch {
		case !c.choice(g.key, g.list, l):
		case t == "object":
			c.branchNames(g, v, l)
		case t == "":
			c.fault(g.key, l, g.key.text()+" without a type", "write type: object")
		default:
			c.fault(g.key, l, fmt.Sprintf("%s has no meaning for %s", g.key.text(), article(t)), "it belongs to an object")
		}
	}
}

// choiceGroup is one anyOf or oneOf.
type choiceGroup struct {
	key, list view
	exactly   bool // no second branch may be set
}

// choicesOf lists the groups of a schema or operation.
func choicesOf(v view, keys []string) []choiceGroup {
	var groups []choiceGroup
	for i, key := range keys {
		if k, list := v.entry(key); k.ok() {
			groups = append(groups, choiceGroup{k, list, i == oneKey})
		}
	}
	for _, part := range v.get("allOf").items() {
		groups = append(groups, choicesOf(part, keys)...)
	}
	return groups
}

const writeOut = "write the properties out, or $ref to one component"

// allOf checks that the key does nothing but join choices.
func (c *checker) allOf(v view, l label) bool {
	k, list := v.entry("allOf")
	if !k.ok() {
		return true
	}
	if !list.isList() || list.size() == 0 {
		c.fault(list, l, "allOf must be a list of choices, not "+kindOf(list), "write {anyOf: …} or {oneOf: …} for each")
		return false
	}
	for _, part := range list.items() {
		if at, what := foreign(part, choiceKeys...); what != "" {
			c.fault(at, l, "allOf holds "+what, "it may join several anyOf and oneOf and nothing else: "+writeOut)
			return false
		}
	}
	return true
}

// foreign returns the first thing in a mapping that is none of the keys, and where it is; "" if there is none.
func foreign(v view, keys ...string) (view, string) {
	if !v.isMap() {
		return v, kindOf(v)
	}
	if v.size() == 0 {
		return v, "nothing"
	}
next:
	for k := range v.entries() {
		for _, key := range keys {
			if k.text() == key {
				continue next
			}
		}
		return k, k.text()
	}
	return v, ""
}

// choice checks one group by itself: two branches or more, each of required alone, no two alike.
func (c *checker) choice(k, list view, l label) bool {
	if !list.isList() || list.size() < 2 {
		c.fault(list, l, k.text()+" must be a list of two branches or more, not "+few(list), "write [{required: [one]}, {required: [other]}]")
		return false
	}
	seen := map[string]bool{}
	for _, branch := range list.items() {
		if at, what := foreign(branch, "required"); what != "" {
			c.fault(at, l, fmt.Sprintf("a branch of %s holds %s", k.text(), what), "a branch is {required: […]} and nothing else: "+writeOut)
			return false
		}
		names := branch.get("required")
		if !names.isList() || names.size() == 0 {
			c.fault(names, l, fmt.Sprintf("required in a branch of %s must be a list of names, not %s", k.text(), few(names)), "")
			return false
		}
		c.strings(branch.key("required"), names, l)
		key := strings.Join(names.texts(), ",")
		if seen[key] {
			c.fault(branch, l, fmt.Sprintf("%s has the branch %s twice", k.text(), clip(key)), "remove one")
			return false
		}
		seen[key] = true
	}
	return true
}

// few says what a value is where a longer list was wanted.
func few(v view) string {
	if v.isList() {
		return fmt.Sprintf("of %d", v.size())
	}
	return kindOf(v)
}

// branchNames holds that branches name properties, and none that is required anyway.
func (c *checker) branchNames(g choiceGroup, v view, l label) {
	known, required := keysOf(v.get("properties")), map[string]bool{}
	for _, name := range v.get("required").texts() {
		required[name] = true
	}
	for _, branch := range g.list.items() {
		for _, name := range branch.get("required").items() {
			switch {
			case !name.isString():
			case !known[name.text()]:
				c.fault(name, l, fmt.Sprintf("a branch of %s names %q, which is no property", g.key.text(), clip(name.text())), suggest(name.text(), known))
			case required[name.text()]:
				c.fault(name, l, fmt.Sprintf("a branch of %s names %s, which is required anyway", g.key.text(), clip(name.text())), "take it out of required, or out of the branch")
			}
		}
	}
}
