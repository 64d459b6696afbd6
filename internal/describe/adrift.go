package describe

import (
	"slices"

	"github.com/wxgen/wxgen/internal/page"
	yaml "go.yaml.in/yaml/v4"
)

// found is a schema of the description, as it is used somewhere: it may be a reference.
type found struct {
	doc *doc
	use *yaml.Node
}

// findElsewhere looks a field up in the whole body, for the text of a page does not tell which object has it. It reports
// whether that settles the matter: a field that the body has nowhere is new.
func (c *comparer) findElsewhere(p *property, at []string) bool {
	all := c.named(p.name, c.body)
	if len(all) == 0 {
		return false
	}
	i := slices.IndexFunc(all, func(f found) bool { return c.fits(f, p.schema) })
	switch {
	case i >= 0 && len(p.schema.leaf().props) > 0:
		c.value(all[i].doc, all[i].use, p.schema, at)
	case i >= 0:
	case len(all) == 1:
		c.value(all[0].doc, all[0].use, p.schema, at)
	default:
		c.fault(c.op.page.File, p.line, 0, "the text does not tell which "+p.name+" of the description this is, and it fits none",
			"import the page as Markdown, or edit the description")
	}
	return true
}

// fits reports whether a value of the description has the type, and all the values, that a page tells.
func (c *comparer) fits(f found, want *schema) bool {
	d, n := c.docs.resolve(f.doc, f.use)
	if typeOf(n) != want.typ {
		return false
	}
	if want.elem != nil {
		return c.fits(found{d, pick(n, "items")}, want.elem)
	}
	have := texts(pick(n, "enum"))
	return !slices.ContainsFunc(want.enum, func(v page.EnumValue) bool { return !slices.Contains(have, v.Value) })
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
			for key, value := range pairs(pick(n, "properties")) {
				if key.Value == name {
					out = append(out, found{d, value})
				}
				next = append(next, found{d, value})
			}
			next = append(next, found{d, pick(n, "items")}, found{d, pick(n, "contentSchema")})
		}
		level = next
	}
	return out
}
