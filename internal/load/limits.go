package load

import (
	"fmt"
	"strconv"

	"github.com/wxgen/wxgen/internal/charclass"
	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/spell"
)

// limits returns the bounds that a schema sets, or nil.
func limits(v source.View) *model.Limits {
	l := model.Limits{
		MinLength: source.Count(v, "minLength"), MaxLength: source.Count(v, "maxLength"),
		Pattern: v.Get("pattern").Text(),
		Bytes:   v.Get("x-wxpay-length").Text() == "bytes",
		Clear:   v.Get("x-wxpay-length").Text() == "clear",
		Minimum: bound(v, "minimum"), Maximum: bound(v, "maximum"),
		MinItems: source.Count(v, "minItems"), MaxItems: source.Count(v, "maxItems"),
	}
	if content := v.Get("contentSchema"); content.OK() {
		l.MinItems, l.MaxItems = source.Count(content, "minItems"),
			source.Count(content, "maxItems")
	}
	// of a moment the runtime writes every character
	if l == (model.Limits{}) || v.Get("format").Text() == "date-time" {
		return nil
	}
	if c, ok := charclass.Parse(l.Pattern); ok {
		l.Class = c.Chars
		if !l.Bytes {
			l.MinLength, l.MaxLength = c.Within(l.MinLength, l.MaxLength)
		}
	}
	return &l
}

func bound(v source.View, key string) string {
	if b := v.Get(key); b.OK() {
		return fmt.Sprint(source.Number(b.Text()))
	}
	return ""
}

// limited is a use of a type with the bounds of its schema.
func limited(t *model.TypeRef, v source.View) *model.TypeRef {
	if t != nil {
		t.Limits = limits(v)
	}
	return t
}

// choices notes the choices among fields of a struct. Names that are no field have been reported.
func choices(t *model.Type, fields []*model.Field, groups []check.ChoiceGroup) {
	byName := make(map[string]*model.Field, len(fields))
	for _, f := range fields {
		byName[f.Wire] = f
	}
	for _, g := range groups {
		c := &model.Choice{Exactly: g.Exactly}
		for _, branch := range g.List.Items() {
			var set []*model.Field
			for _, name := range branch.Get("required").Texts() {
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
	groups := check.ChoicesOf(c.v, check.ParamChoiceKeys)
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
		for _, branch := range g.List.Items() {
			for _, name := range branch.Get("required").Items() {
				b.branchName(c, g, name, known, fields)
			}
		}
	}
}

func (b *builder) branchName(c *call, g check.ChoiceGroup, name source.View, known map[string]bool,
	fields []*model.Field) {
	what := fmt.Sprintf("%v: a branch of %s names %s", c.label, g.Key.Text(),
		strconv.Quote(source.Clip(name.Text())))
	if !known[name.Text()] {
		b.faults.At(name, what+", which is no query or header parameter",
			spell.Suggest(name.Text(), known))
	}
	for _, f := range fields {
		if f.Wire == name.Text() && f.Required {
			b.faults.At(name, what+", which is required anyway",
				"write required: false at the parameter, or take it out of the branch")
		}
	}
}
