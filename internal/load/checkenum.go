package load

import (
	"fmt"
	"go/token"
	"strconv"
)

// enum checks the values that enum lists.
func (c *checker) enum(v view, l label) {
	if !v.isList() || v.size() == 0 {
		c.fault(v, l, "enum must be a list of values", "")
		return
	}
	first := map[string]view{}
	for _, item := range v.items() {
		if f, ok := first[item.text()]; ok {
			c.fault(item, l, fmt.Sprintf("enum has %s twice, first at %s", clip(item.text()), f.place()), "remove one")
		} else if !item.isScalar() || item.n.Tag == "!!null" {
			c.fault(item, l, "enum holds "+kindOf(item), "its values are strings or integers")
		}
		first[item.text()] = item
	}
}

// enumNames checks what goes with an enum.
func (c *checker) enumNames(v view, l label) {
	enum, integer := v.get("enum"), typeOf(v) == "integer"
	for _, item := range enum.items() {
		switch {
		case !integer && typeOf(v) != "string":
		case !item.isScalar() || item.n.Tag == "!!null":
		case integer && item.n.Tag != "!!int":
			c.fault(item, l, fmt.Sprintf("enum value %s is no integer", kindOf(item)), "")
		case integer && !decimal(item.text()):
			c.fault(item, l, fmt.Sprintf("enum value %s is not in plain decimal", clip(item.text())), "write it as JSON does, without sign, prefix, leading zero or underscore")
		case !integer && !item.isString():
			c.fault(item, l, fmt.Sprintf("enum value %s is no string", clip(item.text())), "put it in quotes")
		}
	}
	for _, key := range []string{"x-enum-varnames", "x-enum-descriptions"} {
		if k, list := v.entry(key); k.ok() && list.size() != enum.size() {
			c.fault(k, l, fmt.Sprintf("%s has %d entries for %d values", key, list.size(), enum.size()), "write one for each value of enum")
		}
	}
	for _, name := range v.get("x-enum-varnames").items() {
		// Varnames follow the type's name, so they may start with a digit.
		if !token.IsIdentifier("T" + name.text()) {
			c.fault(name, l, fmt.Sprintf("%q cannot be part of a Go name", clip(name.text())), "write one like LongTerm")
		}
	}
}

// decimal reports whether an integer reads the same in YAML, JSON and Go.
func decimal(text string) bool {
	n, err := strconv.ParseInt(text, 10, 64)
	return err == nil && strconv.FormatInt(n, 10) == text
}

// descriptions checks x-enum-descriptions: a text for each value, empty where there is nothing to say.
func (c *checker) descriptions(v view, l label) {
	if !v.isList() {
		c.fault(v, l, "x-enum-descriptions must be a list, not "+kindOf(v), "write one text for each value of enum")
	}
	for _, item := range v.items() {
		if !item.isString() {
			c.fault(item, l, "x-enum-descriptions holds "+kindOf(item)+", which is no string", "put it in quotes")
		}
	}
}
