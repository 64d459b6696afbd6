package load

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

var (
	schemaTypes   = []string{"string", "integer", "number", "boolean", "array", "object"}
	formatsOfType = map[string][]string{
		"string":  {"date-time", "date", "time", "uri", "email", "uuid", "byte", "binary", "ipv4", "ipv6", "hostname", "password"},
		"integer": {"int32", "int64"},
		"number":  {"float", "double"},
	}
	fileFacts = []string{"name", "sha256", "sm3"} // what x-wxpay-file can be
	// typeOfKey says which type a key has a meaning for.
	typeOfKey = map[string]string{
		"properties": "object", "required": "object", "additionalProperties": "object",
		"items": "array", "minItems": "array", "maxItems": "array", "uniqueItems": "array",
		"minLength": "string", "maxLength": "string", "pattern": "string", "contentMediaType": "string", "contentSchema": "string",
		"x-wxpay-sensitive": "string", "x-wxpay-file": "string", "x-wxpay-length": "string",
		"minimum": "number", "maximum": "number", "exclusiveMinimum": "number", "exclusiveMaximum": "number", "multipleOf": "number",
	}
)

// typeOf returns a schema's type, null left out; "" if it has none or one that check reports.
func typeOf(v view) string {
	t := v.get("type")
	if t.isList() {
		found := ""
		for _, item := range t.items() {
			if item.text() != "null" {
				found = item.text()
			}
		}
		return known(found)
	}
	return known(t.text())
}

func known(t string) string {
	if slices.Contains(schemaTypes, t) {
		return t
	}
	return ""
}

// types checks the value of type: one type, or a list of one and null.
func (c *checker) types(v view, l label) {
	var list []view
	for _, item := range v.items() {
		if item.text() != "null" {
			list = append(list, item)
		}
	}
	if !v.isList() {
		list = []view{v}
	}
	if len(list) != 1 {
		c.fault(v, l, fmt.Sprintf("a type of %d kinds is not supported", len(list)), `write one type, or [T, "null"]`)
		return
	}
	if t := list[0]; !t.isScalar() || known(t.text()) == "" {
		c.fault(t, l, "unknown type "+kindOf(t), oneOf(t.text(), schemaTypes))
	}
}

func (c *checker) schema(v view, l label) {
	t := typeOf(v)
	if t == "" && v.has("type") {
		return
	}
	c.applies(v, t, l)
	c.required(v, l)
	c.wireNames(v.get("properties"))
	c.format(v, t, l)
	c.enumNames(v, l)
	c.limits(v, t, l)
	c.choices(v, t, l)
	if t == "array" && !v.has("items") {
		c.fault(v, l, "an array without items", "write items: {type: …}")
	}
	if k := v.key("additionalProperties"); k.ok() && v.has("properties") {
		c.fault(k, l, "properties and additionalProperties together are not supported", "keep one of them: unknown fields are always accepted")
	}
	if k := v.key("contentSchema"); k.ok() && !v.has("contentMediaType") {
		c.fault(k, l, "contentSchema without contentMediaType", "write contentMediaType: application/json")
	}
	if m := v.get("contentMediaType"); m.isString() && m.text() != jsonType {
		c.fault(m, l, fmt.Sprintf("contentMediaType %s is not supported", clip(m.text())), "write "+jsonType)
	}
	if f := v.get("x-wxpay-file"); f.isString() && !slices.Contains(fileFacts, f.text()) {
		c.fault(f, l, fmt.Sprintf("unknown x-wxpay-file %q", clip(f.text())), "write name, sha256 or sm3")
	}
	if v.is("x-wxpay-sensitive") {
		c.sensitive(v, l)
	}
	c.examples(v, v, l)
}

// sensitive refuses what cannot be a Secret.
func (c *checker) sensitive(v view, l label) {
	for _, key := range []string{"enum", "contentSchema"} {
		if k := v.key(key); k.ok() {
			c.fault(k, l, "a sensitive string cannot have "+key, "remove one of them")
		}
	}
	if f := v.get("format"); f.text() == "binary" {
		c.fault(f, l, "a file cannot be sensitive", "remove one of them")
	}
}

// applies reports keys that mean nothing for the type, and a missing type where keys tell what it should be.
func (c *checker) applies(v view, t string, l label) {
	for k := range v.entries() {
		want, ok := typeOfKey[k.text()]
		if k.text() == "enum" && t != "integer" || k.text() == "format" && t == "" {
			want, ok = "string", true
		}
		switch {
		case !ok || want == t || want == "number" && t == "integer":
		case t == "":
			c.fault(k, l, k.text()+" without a type", "write type: "+want)
			return
		case k.text() == "x-wxpay-sensitive" && t == "array":
			c.fault(k, l, "x-wxpay-sensitive on an array", "write it on its items")
		default:
			c.fault(k, l, fmt.Sprintf("%s has no meaning for %s", k.text(), article(t)), "it belongs to "+article(want))
		}
	}
}

func (c *checker) required(v view, l label) {
	properties, list := v.get("properties"), v.get("required")
	if list.size() == 0 {
		return
	}
	known, seen := make(map[string]bool, properties.size()), make(map[string]bool, list.size())
	for k := range properties.entries() {
		known[k.text()] = true
	}
	for _, item := range list.items() {
		if !known[item.text()] {
			c.fault(item, l, fmt.Sprintf("required names %q, which is no property", clip(item.text())), suggest(item.text(), known))
		}
		if seen[item.text()] {
			c.fault(item, l, fmt.Sprintf("required names %q twice", clip(item.text())), "")
		}
		seen[item.text()] = true
	}
}

// wireNames refuses what no struct tag can spell: encoding/json would use another name, and say nothing.
func (c *checker) wireNames(properties view) {
	for k := range properties.entries() {
		if name := k.text(); !k.cut() && (name == "" || strings.ContainsFunc(name, func(r rune) bool { return !taggable(r) })) {
			c.faults.at(k, fmt.Sprintf("property %q has a name that encoding/json does not take", clip(name)), "write letters, digits and signs other than quotes, commas and backslashes")
		}
	}
}

func taggable(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r)
}

// oneOf asks whether a word was a typo of one that is allowed, or lists those.
func oneOf(word string, allowed []string) string {
	set := make(map[string]bool, len(allowed))
	for _, a := range allowed {
		set[a] = true
	}
	if near := suggest(word, set); near != "" {
		return near
	}
	last := len(allowed) - 1
	return "write " + strings.Join(allowed[:last], ", ") + " or " + allowed[last]
}

// suggest asks whether a name was a typo of another.
func suggest[V any](name string, keys map[string]V) string {
	if near := nearest(name, keys); near != "" {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return ""
}

func (c *checker) format(v view, t string, l label) {
	f := v.get("format")
	if !f.isString() || t == "" {
		return
	}
	allowed := formatsOfType[t]
	if len(allowed) == 0 {
		c.fault(v.key("format"), l, "format has no meaning for "+article(t), "remove it")
	} else if !slices.Contains(allowed, f.text()) {
		c.fault(f, l, fmt.Sprintf("unknown format %q", clip(f.text())), oneOf(f.text(), allowed))
	}
}

// additional checks additionalProperties, which is a schema here.
func (c *checker) additional(v view, l label) {
	if v.isScalar() && v.n.Tag == "!!bool" {
		c.fault(v, l, "additionalProperties: "+v.text()+" is not supported", "write the schema of the values, or remove it: unknown fields are always accepted")
		return
	}
	c.object(v, schemaShape, l.in("additionalProperties"))
}

// schemaExamples checks examples, which is a list in a schema, and a mapping elsewhere.
func (c *checker) schemaExamples(v view, l label) {
	if !v.isList() {
		c.fault(v, l, "examples must be a list, not "+kindOf(v), "or write example: …")
	}
}
