package merge

import (
	"slices"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/page"
)

// findElsewhere looks for a field in the whole body: a page's plain text does not show its object.
// It reports whether that decides the matter. A field that the body has nowhere is new.
func (c *comparer) findElsewhere(p *draft.Property, at []string) bool {
	all := c.named(p.Name, c.body)
	if len(all) == 0 {
		return false
	}
	i := slices.IndexFunc(all, func(f found) bool { return c.fits(f, p.Schema) })
	switch {
	case i >= 0 && len(p.Schema.Leaf().Props) > 0:
		c.value(all[i].doc, all[i].use, p.Schema, at)
	case i >= 0:
	case len(all) == 1:
		c.value(all[0].doc, all[0].use, p.Schema, at)
	default:
		c.fault(c.op.page.File, p.Line, 0, "the text does not tell which "+p.Name+
			" of the description this is, and it fits none",
			"import the page as Markdown, or edit the description")
	}
	return true
}

// fits reports whether a value of the description has the page's type and all the page's values.
func (c *comparer) fits(f found, want *draft.Schema) bool {
	d, n := c.docs.resolve(f.doc, f.use)
	if typeOf(n) != want.Type {
		return false
	}
	if want.Elem != nil {
		return c.fits(found{d, layout.Key(n, "items")}, want.Elem)
	}
	have := layout.Texts(layout.Key(n, "enum"))
	return !slices.ContainsFunc(want.Enum, func(v page.EnumValue) bool {
		return !slices.Contains(have, v.Value)
	})
}

// named returns every field of that name below some values, outer ones first.
func (c *comparer) named(name string, level ...found) []found {
	var out []found
	seen := map[*yaml.Node]bool{}
	for len(level) > 0 {
		var next []found
		for _, f := range level {
			d, n := c.docs.resolve(f.doc, f.use)
			if n == nil || seen[n] {
				continue
			}
			seen[n] = true
			for key, value := range layout.Pairs(layout.Key(n, "properties")) {
				if key.Value == name {
					out = append(out, found{d, value})
				}
				next = append(next, found{d, value})
			}
			next = append(next, found{d, layout.Key(n, "items")},
				found{d, layout.Key(n, "contentSchema")})
		}
		level = next
	}
	return out
}
