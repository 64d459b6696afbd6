package spec_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/rawspec"
)

// field compares one field. Described is the view with its description: that of a parameter is
// beside its schema.
func (c *comparison) field(field string, r *row, schema rawspec.View, required bool,
	described rawspec.View) {
	if required != r.required {
		c.fault(r.line, schema, field, "required is %v, wanted %v", required, r.required)
	}
	if r.label != "" && described.At("description").Text() == "" &&
		schema.At("description").Text() == "" {
		c.fault(r.line, schema, field, "has no description, wanted something like %s", r.label)
	}
	value := schema
	if r.array {
		value = schema.At("items")
	}
	if isArray := schema.Type() == "array"; isArray != r.array {
		c.fault(r.line, schema, field, "is an array: %v, wanted %v", isArray, r.array)
		return
	}
	if secret := schema.Sensitive(); secret != r.secret {
		c.fault(r.line, schema, field, "x-wxpay-sensitive is %v, wanted %v", secret, r.secret)
	}
	c.enum(field, r, value)
	c.format(field, r, value)
	c.kind(field, r, value)
}

// kind compares the type, and the fields of objects and of JSON in a string.
func (c *comparison) kind(field string, r *row, value rawspec.View) {
	if !slices.Contains(c.kinds(field, r), value.Type()) {
		c.fault(r.line, value, field, "is %q, wanted %q", value.Type(), c.kinds(field, r))
		return
	}
	inside := value.At("contentSchema")
	if r.inString != inside.Exists() ||
		(r.inString && !value.At("contentMediaType").Is("application/json")) {
		c.fault(r.line, value, field, "contentSchema is there: %v, wanted %v, with "+
			"contentMediaType: application/json", inside.Exists(), r.inString)
		return
	}
	switch {
	case r.inString:
		c.fields(field, r.rows, inside)
	case r.typ == "object":
		c.fields(field, r.rows, value)
	case r.rows != nil:
		c.fault(r.line, value, field, "is a %s with fields on the page", r.typ)
	}
}

// kinds is the list of right types: a page's number is an integer unless its example has a
// fraction.
func (c *comparison) kinds(field string, r *row) []string {
	if r.typ != "number" {
		return []string{r.typ}
	}
	for _, v := range c.examples(field) {
		if n, ok := v.(json.Number); ok && strings.Contains(n.String(), ".") {
			return []string{"number"}
		}
	}
	return []string{"integer"}
}

// enum checks that the schema has every value of the page, or of the corrections if they list
// others. A shared type may only have values of the two.
func (c *comparison) enum(field string, r *row, value rawspec.View) {
	got := value.At("enum").Texts()
	if constant := value.At("const"); constant.Exists() {
		got = append(got, constant.Text())
	}
	wanted := r.enum
	if r.fixed != nil {
		wanted = r.fixed
	}
	for _, v := range wanted {
		if !slices.Contains(got, v) {
			c.fault(r.line, value, field, "lacks the enum value %q", v)
		}
	}
	for _, v := range got {
		if len(wanted) > 0 && !slices.Contains(wanted, v) && !slices.Contains(r.enum, v) {
			c.fault(r.line, value, field,
				"has the enum value %q, which neither the page nor the corrections have", v)
		}
	}
}

var (
	timestamp = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)
	dayStamp  = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
)

// format checks the format: that of the corrections, or the one that every example has.
func (c *comparison) format(field string, r *row, value rawspec.View) {
	got := value.At("format").Text()
	if r.format != "" {
		if got != r.format {
			c.fault(r.line, value, field, "format is %q, wanted %q", got, r.format)
		}
		return
	}
	if r.typ != "string" || r.secret || r.inString {
		return
	}
	for _, v := range c.examples(field) {
		text, _ := v.(string)
		switch {
		case timestamp.MatchString(text) && got != "date-time":
			c.fault(r.line, value, field, "format is %q, but the example is %s", got, text)
		case got == "date-time" && text != "" && !timestamp.MatchString(text):
			c.fault(r.line, value, field, "format is %q, but the example is %s", got, text)
		case dayStamp.MatchString(text) && got != "date":
			c.fault(r.line, value, field, "format is %q, but the example is %s", got, text)
		}
	}
}

// examples are the values of a field in the page's example request.
func (c *comparison) examples(field string) []any {
	group, rest, _ := strings.Cut(field, ".")
	top := map[string]string{"request": "json", "query": "query", "header": "headers"}[group]
	var value any = c.page.example
	switch {
	case top != "":
		value = c.page.example[top]
	case group != "path":
		return nil
	}
	return lookup(value, strings.Split(rest, "."))
}

func lookup(value any, steps []string) (found []any) {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			found = append(found, lookup(item, steps)...)
		}
		return found
	case string:
		var inside any
		if len(steps) > 0 && json.Unmarshal([]byte(v), &inside) == nil {
			return lookup(inside, steps)
		}
	case map[string]any:
		if len(steps) > 0 {
			return lookup(v[steps[0]], steps[1:])
		}
	}
	if value == nil || len(steps) > 0 {
		return nil
	}
	return []any{value}
}
