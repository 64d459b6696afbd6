package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/spell"
)

var (
	formatsOfType = map[string][]string{
		"string": {"date-time", "date", "time", "uri", "email", "uuid", "byte", "binary", "ipv4",
			"ipv6", "hostname", "password"},
		"integer": {"int32", "int64"},
		"number":  {"float", "double"},
	}
	FileFacts = []string{"name", "sha256", "sm3"} // the values of x-wxpay-file
	// typeOfKey maps keys to the types for which they have a meaning.
	typeOfKey = map[string]string{
		"properties": "object", "required": "object", "additionalProperties": "object",
		"items": "array", "minItems": "array", "maxItems": "array", "uniqueItems": "array",
		"minLength": "string", "maxLength": "string", "pattern": "string",
		"contentMediaType": "string", "contentSchema": "string",
		"x-wxpay-sensitive": "string", "x-wxpay-file": "string", "x-wxpay-length": "string",
		"minimum": "number", "maximum": "number", "exclusiveMinimum": "number",
		"exclusiveMaximum": "number", "multipleOf": "number",
	}
)

// types checks the value of type: one type, or a list of one and null.
func (c *checker) types(v source.Node, l label) {
	var list []source.Node
	for _, item := range v.Items() {
		if item.Text() != "null" {
			list = append(list, item)
		}
	}
	if !v.IsList() {
		list = []source.Node{v}
	}
	if len(list) != 1 {
		c.fault(v, l, fmt.Sprintf("a type of %d kinds is not supported", len(list)),
			`write one type, or [T, "null"]`)
		return
	}
	if t := list[0]; !t.IsScalar() || source.Known(t.Text()) == "" {
		c.fault(t, l, "unknown type "+kindOf(t), oneOf(t.Text(), source.SchemaTypes))
	}
}

// schema checks the rules for a whole schema.
func (c *checker) schema(v source.Node, l label) {
	t := source.TypeOf(v)
	if t == "" && v.Has("type") {
		return
	}
	c.applies(v, t, l)
	c.required(v, l)
	c.wireNames(v.Get("properties"))
	c.format(v, t, l)
	c.enumNames(v, l)
	c.limits(v, t, l)
	c.choices(v, t, l)
	if t == "array" && !v.Has("items") {
		c.fault(v, l, "an array without items", "write items: {type: …}")
	}
	if k := v.Key("additionalProperties"); k.OK() && v.Has("properties") {
		c.fault(k, l, "properties and additionalProperties together are not supported",
			"keep one of them: unknown fields are always accepted")
	}
	if k := v.Key("contentSchema"); k.OK() && !v.Has("contentMediaType") {
		c.fault(k, l, "contentSchema without contentMediaType",
			"write contentMediaType: application/json")
	}
	if m := v.Get("contentMediaType"); m.IsString() && m.Text() != JSON {
		c.fault(m, l, fmt.Sprintf("contentMediaType %s is not supported", source.Clip(m.Text())),
			"write "+JSON)
	}
	if f := v.Get("x-wxpay-file"); f.IsString() && !slices.Contains(FileFacts, f.Text()) {
		c.fault(f, l, fmt.Sprintf("unknown x-wxpay-file %q", source.Clip(f.Text())),
			"write name, sha256 or sm3")
	}
	if v.Is("x-wxpay-sensitive") {
		c.sensitive(v, l)
	}
	c.examples(v, v, l)
}

// sensitive refuses a sensitive schema that cannot be a Secret.
func (c *checker) sensitive(v source.Node, l label) {
	for _, key := range []string{"enum", "contentSchema"} {
		if k := v.Key(key); k.OK() {
			c.fault(k, l, "a sensitive string cannot have "+key, "remove one of them")
		}
	}
	if f := v.Get("format"); f.Text() == "binary" {
		c.fault(f, l, "a file cannot be sensitive", "remove one of them")
	}
}

// applies reports keys without a meaning for the type, and a missing type that the keys imply.
func (c *checker) applies(v source.Node, t string, l label) {
	for k := range v.Entries() {
		want, ok := typeOfKey[k.Text()]
		if k.Text() == "enum" && t != "integer" || k.Text() == "format" && t == "" {
			want, ok = "string", true
		}
		switch {
		case !ok || want == t || want == "number" && t == "integer":
		case t == "":
			c.fault(k, l, k.Text()+" without a type", "write type: "+want)
			return
		case k.Text() == "x-wxpay-sensitive" && t == "array":
			c.fault(k, l, "x-wxpay-sensitive on an array", "write it on its items")
		default:
			c.fault(k, l, fmt.Sprintf("%s has no meaning for %s", k.Text(), article(t)),
				"it belongs to "+article(want))
		}
	}
}

func (c *checker) required(v source.Node, l label) {
	properties, list := v.Get("properties"), v.Get("required")
	if list.Size() == 0 {
		return
	}
	known, seen := make(map[string]bool, properties.Size()), make(map[string]bool, list.Size())
	for k := range properties.Entries() {
		known[k.Text()] = true
	}
	for _, item := range list.Items() {
		if !known[item.Text()] {
			c.fault(item, l, fmt.Sprintf("required names %q, which is no property",
				source.Clip(item.Text())), spell.Suggest(item.Text(), known))
		}
		if seen[item.Text()] {
			c.fault(item, l, fmt.Sprintf("required names %q twice", source.Clip(item.Text())), "")
		}
		seen[item.Text()] = true
	}
}

// wireNames refuses names that no struct tag can hold: encoding/json would silently use another
// name.
func (c *checker) wireNames(properties source.Node) {
	for k := range properties.Entries() {
		if name := k.Text(); !k.Pruned() &&
			(name == "" || strings.ContainsFunc(name, func(r rune) bool { return !taggable(r) })) {
			c.faults.At(k, fmt.Sprintf("property %q has a name that encoding/json does not take",
				source.Clip(name)), "write letters, digits and signs other than quotes, commas "+
				"and backslashes")
		}
	}
}

func taggable(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) ||
		strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r)
}

func (c *checker) format(v source.Node, t string, l label) {
	f := v.Get("format")
	if !f.IsString() || t == "" {
		return
	}
	allowed := formatsOfType[t]
	if len(allowed) == 0 {
		c.fault(v.Key("format"), l, "format has no meaning for "+article(t), "remove it")
	} else if !slices.Contains(allowed, f.Text()) {
		c.fault(f, l, fmt.Sprintf("unknown format %q", source.Clip(f.Text())),
			oneOf(f.Text(), allowed))
	}
}

// additional checks additionalProperties, which must be a schema.
func (c *checker) additional(v source.Node, l label) {
	if v.IsScalar() && v.YAML.Tag == "!!bool" {
		c.fault(v, l, "additionalProperties: "+v.Text()+" is not supported",
			"write the schema of the values, or remove it: unknown fields are always accepted")
		return
	}
	c.object(v, schemaPart, l.in("additionalProperties"))
}

// schemaExamples checks examples, which is a list in a schema and a mapping elsewhere.
func (c *checker) schemaExamples(v source.Node, l label) {
	if !v.IsList() {
		c.fault(v, l, "examples must be a list, not "+kindOf(v), "or write example: …")
	}
}
