package load

import (
	"fmt"
	"strconv"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/spell"
)

// choices records the choices among fields of a struct. It skips unknown names, which check has
// reported.
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

// paramChoices records the choices among an operation's parameters.
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

func (b *builder) branchName(c *call, g check.ChoiceGroup, name source.Node, known map[string]bool,
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
