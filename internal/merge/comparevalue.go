package merge

import (
	"cmp"
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/layout"
)

// whole compares a body.
func (c *comparer) whole(d *doc, use *yaml.Node, want *draft.Schema) {
	c.body = found{d, use}
	c.value(d, use, want, nil)
}

// value compares one value. At is its path of names.
func (c *comparer) value(d *doc, use *yaml.Node, want *draft.Schema, at []string) {
	d, n := c.docs.resolve(d, use)
	if n == nil {
		return
	}
	name := strings.Join(at, ".")
	if name == "" {
		name = "the body"
	}
	if got := typeOf(n); got != want.Type {
		if got == "" && want.Type == "object" && len(want.Props) == 0 {
			return
		}
		c.contradict(d, use, want.Line, name+" is "+cmp.Or(got, "of any type"), want.Type)
		return
	}
	if got := layout.Text(layout.Key(n, "format")); want.Format != "" && got != want.Format &&
		want.Format != "binary" {
		c.contradict(d, use, want.Line, name+" has "+formatName(got), formatName(want.Format))
	}
	if secret := layout.Text(layout.Key(n, "x-wxpay-sensitive")) == "true"; secret != want.Secret &&
		!c.op.page.PlainText && len(at) > 0 {
		c.contradict(d, use, want.Line, name+" is "+sensitive(secret), sensitive(want.Secret))
	}
	c.label(d, use, n, want, name)
	c.limits(d, n, want, name)
	c.enum(d, n, want, name)
	c.inside(d, n, want, at)
}

// inside compares the parts of a value.
func (c *comparer) inside(d *doc, n *yaml.Node, want *draft.Schema, at []string) {
	switch {
	case want.Elem != nil:
		c.value(d, layout.Key(n, "items"), want.Elem, at)
	case want.Content != nil:
		if layout.Key(n, "contentSchema") == nil {
			c.contradict(d, n, want.Line, strings.Join(at, ".")+" is plain text", "it holds JSON")
			return
		}
		c.value(d, layout.Key(n, "contentSchema"), want.Content, at)
	case len(want.Props) > 0:
		c.fields(d, n, want, at)
	}
}

func formatName(f string) string {
	if f == "" {
		return "no format"
	}
	return "format " + f
}

func sensitive(b bool) string {
	if b {
		return "sensitive"
	}
	return "not sensitive"
}

// enum adds values that the description lacks.
func (c *comparer) enum(d *doc, n *yaml.Node, want *draft.Schema, name string) {
	if len(want.Enum) == 0 {
		return
	}
	have := layout.Key(n, "enum")
	if have == nil {
		if constant := layout.Key(n, "const"); constant != nil && len(want.Enum) == 1 &&
			constant.Value == want.Enum[0].Value {
			return
		}
		var values []string
		for _, v := range want.Enum {
			values = append(values, v.Value)
		}
		c.contradict(d, n, want.Line, name+" takes any value", "one of "+strings.Join(values, ", "))
		return
	}
	c.lostValues(d, n, want, name)
	for _, v := range want.Enum {
		if slices.Contains(layout.Texts(have), v.Value) {
			continue
		}
		if i := slices.IndexFunc(layout.Texts(have), func(s string) bool {
			return strings.EqualFold(s, v.Value)
		}); i >= 0 {
			c.contradict(d, n, want.Line, name+" has the value "+layout.Texts(have)[i],
				"it is spelled "+v.Value)
			continue
		}
		if layout.Key(n, "x-enum-varnames") != nil {
			c.contradict(d, n, want.Line, name+" lacks the value "+v.Value+
				", which needs a name in x-enum-varnames", "it is")
			continue
		}
		if c.leave(d, have, want.Line, "the value "+v.Value+" of "+name) {
			continue
		}
		label(n, have, v.Label)
		have.Content = append(have.Content, enumNode(v.Value, want.Type))
		d.changed = true
		c.report.Values++
	}
}

// label adds the label of the value after those in have. If one value has a label, the others get
// an empty one.
func label(n, have *yaml.Node, label string) {
	labels := layout.Key(n, "x-enum-descriptions")
	if labels == nil && label == "" {
		return
	}
	if labels == nil {
		labels = layout.Strings(make([]string, len(have.Content)))
		set(n, "x-enum-descriptions", labels)
	}
	labels.Content = append(labels.Content, layout.String(label))
}

// fields compares an object field by field.
func (c *comparer) fields(d *doc, n *yaml.Node, want *draft.Schema, at []string) {
	c.lostFields(d, n, want, at)
	props, required := layout.Key(n, "properties"), layout.Texts(layout.Key(n, "required"))
	var elder []string
	for _, p := range want.Props {
		have := layout.Key(props, p.Name)
		way := append(slices.Clip(at), p.Name)
		// a reply has no sample that shows the objects of its fields
		lost := p.Unplaced || have == nil && c.side && c.op.page.PlainText
		switch is := slices.Contains(required, p.Name); {
		case lost && c.findElsewhere(p, way):
		case have == nil:
			c.add(d, n, p, elder, at)
		default:
			if !c.answer(d, n, p) && is != p.Required && !p.Unknown {
				c.contradict(d, have, p.Line, strings.Join(way, ".")+" is "+optional(is),
					optional(p.Required))
			}
			c.value(d, have, p.Schema, way)
		}
		elder = append([]string{p.Name}, elder...)
	}
}

// answer answers an open question beside a field: whether the field is required, or encrypted.
func (c *comparer) answer(d *doc, object *yaml.Node, p *draft.Property) bool {
	props := layout.Key(object, "properties")
	i := 2 * indexOf(props, p.Name)
	question := openQuestion(props.Content[i], props.Content[i+1])
	if question == nil || c.asks(p) {
		return false
	}
	d.answered(question)
	if p.Required && !slices.Contains(layout.Texts(layout.Key(object, "required")), p.Name) {
		require(object, props, i/2, p.Name)
	}
	if have := layout.Follow(props.Content[i+1]); p.Secret && layout.Key(have, "$ref") == nil {
		set(have, "x-wxpay-sensitive", layout.Bool(true))
	}
	return true
}

// asks reports whether the page itself leaves a field's facts open, so that it answers no question.
func (c *comparer) asks(p *draft.Property) bool {
	return p.Unknown || p.Question != "" || c.op.page.PlainText
}

// openQuestion returns the comment beside a field if it is an import's question.
func openQuestion(key, value *yaml.Node) *string {
	for _, comment := range []*string{&value.LineComment, &key.LineComment} {
		if strings.HasPrefix(*comment, "# "+draft.Question) {
			return comment
		}
	}
	return nil
}

// add records a field that the description lacks. Several pages may lack the same field of a shared
// object.
func (c *comparer) add(d *doc, into *yaml.Node, p *draft.Property, elder, at []string) {
	if c.leave(d, into, p.Line, strings.Join(append(slices.Clip(at), p.Name), ".")) {
		return
	}
	key := addKey{into, p.Name}
	if other := c.added[key]; other != nil {
		if other.Key() != p.Key() {
			c.fault(c.op.page.File, p.Line, 0, strings.Join(append(slices.Clip(at), p.Name), ".")+
				" is new, and another page describes it otherwise",
				"make the pages agree")
		}
		return
	}
	c.added[key] = p.Schema
	elder = slices.Clone(elder)
	c.later(d, p.Schema, append(slices.Clip(at), p.Name), func() { insertField(into, p, elder) })
}
