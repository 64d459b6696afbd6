package check

import (
	"fmt"
	"slices"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/source"
)

func (s sampleCheck) value(at string, v, schema source.Node) {
	t := s.set.Follow(schema, source.Schemas)
	if !v.OK() || v.Pruned() || !t.IsMap() {
		return
	}
	if v.IsScalar() && v.YAML.Tag == "!!null" {
		if typ := t.Get("type"); typ.OK() && !slices.Contains(typ.Texts(), "null") {
			s.fault(at, v, "is null", "leave it out")
		}
		return
	}
	switch source.TypeOf(t.Node) {
	case "string":
		s.text(at, v, t.Node)
	case "integer", "number":
		s.number(at, v, t.Node)
	case "boolean":
		if !v.IsScalar() || v.YAML.Tag != "!!bool" {
			s.fault(at, v, "is "+kindOf(v)+", no boolean", "write true or false")
		}
	case "array":
		s.list(at, v, t.Node)
	case "object":
		s.object(at, v, t.Node)
	}
}

func (s sampleCheck) list(at string, v, schema source.Node) {
	if !v.IsList() {
		s.fault(at, v, "is "+kindOf(v)+", no list", "write […]")
		return
	}
	s.within(at, v, schema, "Items", v.Size(), "items")
	for i, item := range v.Items() {
		s.value(fmt.Sprintf("%s[%d]", at, i), item, schema.Get("items"))
	}
}

func (s sampleCheck) object(at string, v, schema source.Node) {
	if !v.IsMap() {
		s.fault(at, v, "is "+kindOf(v)+", no object", "write {…}")
		return
	}
	props := schema.Get("properties")
	for _, name := range schema.Get("required").Texts() {
		p := s.set.Follow(props.Get(name), source.Schemas)
		if !v.Has(name) && p.OK() && !p.Has("x-wxpay-file") && p.Get("format").Text() != "binary" {
			s.fault(at, v, "lacks "+name+", which is required", "write it")
		}
	}
	for _, g := range ChoicesOf(schema, ChoiceKeys) {
		s.choice(at, v, g)
	}
	for k, value := range v.Entries() {
		p := props.Get(k.Text())
		if !p.OK() {
			p = schema.Get("additionalProperties")
		}
		s.value(join(at, k.Text()), value, p)
	}
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

// choice checks how many branches of a choice an object has.
func (s sampleCheck) choice(at string, v source.Node, g ChoiceGroup) {
	set := 0
	var names string
	for i, branch := range g.List.Items() {
		list := branch.Get("required").Texts()
		if !slices.ContainsFunc(list, func(name string) bool { return !v.Has(name) }) {
			set++
		}
		if i > 0 {
			names += " or "
		}
		for j, name := range list {
			if j > 0 {
				names += " with "
			}
			names += name
		}
	}
	switch {
	case set == 0:
		s.fault(at, v, "lacks "+names+", of which one is required", "write it")
	case set > 1 && g.Exactly:
		s.fault(at, v, "has more than one of "+names, "keep one")
	}
}

func (s sampleCheck) text(at string, v, schema source.Node) {
	if !v.IsString() {
		mend := "write a text"
		if v.IsScalar() {
			mend = "put it in quotes"
		}
		s.fault(at, v, "is "+kindOf(v)+", no string", mend)
		return
	}
	if content := schema.Get("contentSchema"); content.OK() {
		s.inside(at, v, content)
		return
	}
	if schema.Is("x-wxpay-sensitive") {
		return
	}
	if m, ok := moments[schema.Get("format").Text()]; ok {
		if _, err := time.Parse(m.layout, v.Text()); err != nil {
			s.fault(at, v, fmt.Sprintf("is %s, no %s", kindOf(v), schema.Get("format").Text()),
				"write one like "+m.like)
		}
		return
	}
	s.listed(at, v, schema)
	s.length(at, v, schema)
}

// inside checks the JSON inside a string. It reports its faults at the string, whose place is
// known.
func (s sampleCheck) inside(at string, v, schema source.Node) {
	var doc yaml.Node
	if err := yaml.Load([]byte(v.Text()), &doc); err != nil || len(doc.Content) != 1 {
		s.fault(at, v, "holds no JSON", "write the value that it holds as JSON")
		return
	}
	move(doc.Content[0], v.YAML)
	s.value(at, source.Node{File: v.File, YAML: doc.Content[0]}, schema)
}

func move(n, at *yaml.Node) {
	n.Line, n.Column = at.Line, at.Column
	for _, c := range n.Content {
		move(c, at)
	}
}
