package check

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/spell"
)

// choices checks the anyOf and oneOf of an object, and an allOf that joins several of them.
func (c *checker) choices(v source.Node, t string, l label) {
	if !c.allOf(v, l) {
		return
	}
	for _, g := range ChoicesOf(v, ChoiceKeys) {
		switch {
		case !c.choice(g.Key, g.List, l):
		case t == "object":
			c.branchNames(g, v, l)
		case t == "":
			c.fault(g.Key, l, g.Key.Text()+" without a type", "write type: object")
		default:
			c.fault(g.Key, l, fmt.Sprintf("%s has no meaning for %s", g.Key.Text(), article(t)),
				"it belongs to an object")
		}
	}
}

const writeOut = "write the properties out, or $ref to one component"

// allOf checks that the key joins choices and does nothing else.
func (c *checker) allOf(v source.Node, l label) bool {
	k, list := v.Entry("allOf")
	if !k.OK() {
		return true
	}
	if !list.IsList() || list.Size() == 0 {
		c.fault(list, l, "allOf must be a list of choices, not "+kindOf(list),
			"write {anyOf: …} or {oneOf: …} for each")
		return false
	}
	for _, part := range list.Items() {
		if at, what := foreign(part, ChoiceKeys...); what != "" {
			c.fault(at, l, "allOf holds "+what,
				"it may join several anyOf and oneOf and nothing else: "+writeOut)
			return false
		}
	}
	return true
}

// foreign returns the first entry of a mapping with another key than keys, and its place; "" if
// there is none.
func foreign(v source.Node, keys ...string) (source.Node, string) {
	if !v.IsMap() {
		return v, kindOf(v)
	}
	if v.Size() == 0 {
		return v, "nothing"
	}
next:
	for k := range v.Entries() {
		for _, key := range keys {
			if k.Text() == key {
				continue next
			}
		}
		return k, k.Text()
	}
	return v, ""
}

// choice checks one group by itself: it has two branches or more, each has required alone, and no
// two are alike.
func (c *checker) choice(k, list source.Node, l label) bool {
	if !list.IsList() || list.Size() < 2 {
		c.fault(list, l, k.Text()+" must be a list of two branches or more, not "+few(list),
			"write [{required: [one]}, {required: [other]}]")
		return false
	}
	seen := map[string]bool{}
	for _, branch := range list.Items() {
		if at, what := foreign(branch, "required"); what != "" {
			c.fault(at, l, fmt.Sprintf("a branch of %s holds %s", k.Text(), what),
				"a branch is {required: […]} and nothing else: "+writeOut)
			return false
		}
		names := branch.Get("required")
		if !names.IsList() || names.Size() == 0 {
			c.fault(names, l,
				fmt.Sprintf("required in a branch of %s must be a list of names, not %s", k.Text(),
					few(names)), "")
			return false
		}
		c.strings(branch.Key("required"), names, l)
		key := strings.Join(names.Texts(), ",")
		if seen[key] {
			c.fault(branch, l, fmt.Sprintf("%s has the branch %s twice", k.Text(),
				source.Clip(key)), "remove one")
			return false
		}
		seen[key] = true
	}
	return true
}

// branchNames checks that branches name properties, and no property that is required anyway.
func (c *checker) branchNames(g ChoiceGroup, v source.Node, l label) {
	known, required := source.KeysOf(v.Get("properties")), map[string]bool{}
	for _, name := range v.Get("required").Texts() {
		required[name] = true
	}
	for _, branch := range g.List.Items() {
		for _, name := range branch.Get("required").Items() {
			switch {
			case !name.IsString():
			case !known[name.Text()]:
				c.fault(name, l, fmt.Sprintf("a branch of %s names %q, which is no property",
					g.Key.Text(), source.Clip(name.Text())), spell.Suggest(name.Text(), known))
			case required[name.Text()]:
				c.fault(name, l, fmt.Sprintf("a branch of %s names %s, which is required anyway",
					g.Key.Text(), source.Clip(name.Text())),
					"take it out of required, or out of the branch")
			}
		}
	}
}
