package load

import (
	"fmt"
	"strconv"

	"github.com/wxgen/wxgen/internal/model"
)

// limits returns the bounds that a schema sets, or nil.
func limits(v view) *model.Limits {
	l := model.Limits{
		MinLength: count(v, "minLength"), MaxLength: count(v, "maxLength"), Pattern: v.get("pattern").text(),
		Bytes: v.get("x-wxpay-length").text() == "bytes", Clear: v.get("x-wxpay-length").text() == "clear",
		Minimum: bound(v, "minimum"), Maximum: bound(v, "maximum"),
		MinItems: count(v, "minItems"), MaxItems: count(v, "maxItems"),
	}
	if content := v.get("contentSchema"); content.ok() {
		l.MinItems, l.MaxItems = count(content, "minItems"), count(content, "maxItems")
	}
	if l == (model.Limits{}) || v.get("format").text() == "date-time" { // of a moment the runtime writes every character
		return nil
	}
	if c, ok := parseClass(l.Pattern); ok {
		l.Class = c.chars
		if !l.Bytes {
			l.MinLength, l.MaxLength = c.within(l.MinLength, l.MaxLength)
		}
	}
	return &l
}

func count(v view, key string) int {
	n, _ := strconv.Atoi(v.get(key).text())
	return n
}

func bound(v view, key string) string {
	if b := v.get(key); b.ok() {
		return fmt.Sprint(number(b.text()))
	}
	return ""
}

// limited is a use of a type with the bounds of its schema.
func limited(t *model.TypeRef, v view) *model.TypeRef {
	if t != nil {
		t.Limits = limits(v)
	}
	return t
}

// choices notes the choices among fields of a struct. Names that are no field have been reported.
func choices(t *model.Type, fields []*model.Field, groups []choiceGroup) {
	byName := make(map[string]*model.Field, len(fields))
	for _, f := range fields {
		byName[f.Wire] = f
	}
	for _, g := range groups {
		c := &model.Choice{Exactly: g.exactly}
		for _, branch := range g.list.items() {
			var set []*model.Field
			for _, name := range branch.get("required").texts() {
				if f := byName[name]; f != nil {
					set = append(set, f)
				}
			}
			c.Branches = append(c.Branches, set)
		}
		t.Choices = append(t.Choices, c)
	}
}

// paramChoices notes the choices among an operation's parameters.
func (b *builder) paramChoices(c *call, t *model.Type) {
	groups := choicesOf(c.v, paramChoiceKeys)
	known := map[string]bool{}
	var fields []*model.Field
	if t != nil {
		for _, f := range t.Fields {
			if f.In == model.InQuery || f.In == model.InHeader {
				known[f.Wire] = true
				fields = append(fields, f)
			}
		}
		choices(t, fields, groups)
	}
	for _, g := range groups {
		for _, branch := range g.list.items() {
			for _, name := range branch.get("required").items() {
				b.branchName(c, g, name, known, fields)
			}
		}
	}
}

func (b *builder) branchName(c *call, g choiceGroup, name view, known map[string]bool, fields []*model.Field) {
	what := fmt.Sprintf("%v: a branch of %s names %s", c.label, g.key.text(), strconv.Quote(clip(name.text())))
	if !known[name.text()] {
		b.faults.at(name, what+", which is no query or header parameter", suggest(name.text(), known))
	}
	for _, f := range fields {
		if f.Wire == name.text() && f.Required {
			b.faults.at(name, what+", which is required anyway", "write required: false at the parameter, or take it out of the branch")
		}
	}
}
