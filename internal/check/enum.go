package check

import (
	"fmt"
	"go/token"
	"strconv"

	"github.com/wxgen/wxgen/internal/source"
)

// enum checks the values of an enum.
func (c *checker) enum(v source.Node, l label) {
	if !v.IsList() || v.Size() == 0 {
		c.fault(v, l, "enum must be a list of values", "")
		return
	}
	first := map[string]source.Node{}
	for _, item := range v.Items() {
		if f, ok := first[item.Text()]; ok {
			c.fault(item, l, fmt.Sprintf("enum has %s twice, first at %s", source.Clip(item.Text()),
				f.Place()), "remove one")
		} else if !item.IsScalar() || item.YAML.Tag == "!!null" {
			c.fault(item, l, "enum holds "+kindOf(item), "its values are strings or integers")
		}
		first[item.Text()] = item
	}
}

// enumNames checks the names and descriptions of an enum's values.
func (c *checker) enumNames(v source.Node, l label) {
	enum, integer := v.Get("enum"), source.TypeOf(v) == "integer"
	for _, item := range enum.Items() {
		switch {
		case !integer && source.TypeOf(v) != "string":
		case !item.IsScalar() || item.YAML.Tag == "!!null":
		case integer && item.YAML.Tag != "!!int":
			c.fault(item, l, fmt.Sprintf("enum value %s is no integer", kindOf(item)), "")
		case integer && !decimal(item.Text()):
			c.fault(item, l,
				fmt.Sprintf("enum value %s is not in plain decimal", source.Clip(item.Text())),
				"write it as JSON does, without sign, prefix, leading zero or underscore")
		case !integer && !item.IsString():
			c.fault(item, l, fmt.Sprintf("enum value %s is no string", source.Clip(item.Text())),
				"put it in quotes")
		}
	}
	for _, key := range []string{"x-enum-varnames", "x-enum-descriptions"} {
		if k, list := v.Entry(key); k.OK() && list.Size() != enum.Size() {
			c.fault(k, l, fmt.Sprintf("%s has %d entries for %d values", key, list.Size(),
				enum.Size()), "write one for each value of enum")
		}
	}
	for _, name := range v.Get("x-enum-varnames").Items() {
		// The type's name precedes varnames, so they may start with a digit.
		if !token.IsIdentifier("T" + name.Text()) {
			c.fault(name, l, fmt.Sprintf("%q cannot be part of a Go name",
				source.Clip(name.Text())), "write one like LongTerm")
		}
	}
}

// decimal reports whether an integer reads the same in YAML, JSON and Go.
func decimal(text string) bool {
	n, err := strconv.ParseInt(text, 10, 64)
	return err == nil && strconv.FormatInt(n, 10) == text
}

// descriptions checks x-enum-descriptions: it has a text for each value, which may be empty.
func (c *checker) descriptions(v source.Node, l label) {
	if !v.IsList() {
		c.fault(v, l, "x-enum-descriptions must be a list, not "+kindOf(v),
			"write one text for each value of enum")
	}
	for _, item := range v.Items() {
		if !item.IsString() {
			c.fault(item, l, "x-enum-descriptions holds "+kindOf(item)+", which is no string",
				"put it in quotes")
		}
	}
}
