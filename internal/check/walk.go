package check

import (
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"strings"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/spell"
)

// object checks a mapping.
func (c *checker) object(v source.Node, s *part, l label) {
	if v.Pruned() {
		return
	}
	if !v.IsMap() {
		c.fault(v, l, "must be a mapping, not "+kindOf(v), "")
		return
	}
	if ref := v.Get("$ref"); ref.OK() {
		c.ref(v, ref, s, l)
		return
	}
	for k, value := range v.Entries() {
		if r, ok := s.keys[k.Text()]; ok {
			c.value(k, value, r, l)
		} else if !k.Pruned() {
			c.unknown(v, k, s, l)
		}
	}
	if s.also != nil {
		s.also(c, v, l)
	}
}

// value checks the value of a key.
func (c *checker) value(k, v source.Node, r rule, l label) {
	if v.Pruned() {
		return
	}
	if v.IsScalar() && v.YAML.Tag == "!!null" && r.want != anything {
		c.fault(v, l, k.Text()+" has no value", "write one, or remove the key")
		return
	}
	switch r.want {
	case anything:
	case special:
		r.of.also(c, v, l)
	case object:
		c.object(v, r.of, l.child(k, r.of))
	case list:
		c.list(k, v, r.of, l)
	case mapping:
		c.mapping(k, v, r.of, l)
	case stringList:
		c.strings(k, v, l)
	default:
		c.scalar(k, v, r.want, l)
	}
}

func (c *checker) list(k, v source.Node, of *part, l label) {
	if !v.IsList() {
		c.fault(v, l, k.Text()+" must be a list, not "+kindOf(v), "")
	}
	for _, item := range v.Items() {
		c.object(item, of, l.element(item, of))
	}
}

func (c *checker) mapping(k, v source.Node, of *part, l label) {
	if !v.IsMap() {
		c.fault(v, l, k.Text()+" must be a mapping, not "+kindOf(v), "")
	}
	for name, value := range v.Entries() {
		c.object(value, of, l.member(name.Text(), of))
	}
}

func (c *checker) strings(k, v source.Node, l label) {
	if !v.IsList() {
		c.fault(v, l, k.Text()+" must be a list, not "+kindOf(v), "")
	}
	for _, item := range v.Items() {
		if !item.IsString() {
			c.fault(item, l, fmt.Sprintf("%s holds %s, which is no string", k.Text(), kindOf(item)),
				"put it in quotes")
		}
	}
}

func (c *checker) scalar(k, v source.Node, w want, l label) {
	switch {
	case w == aString && !v.IsString():
		mend := ""
		if v.IsScalar() {
			mend = "put it in quotes"
		}
		c.fault(v, l, fmt.Sprintf("%s must be a string, not %s", k.Text(), kindOf(v)), mend)
	case w == aBool && (!v.IsScalar() || v.Text() != "true" && v.Text() != "false" ||
		v.YAML.Tag != "!!bool"):
		c.fault(v, l, fmt.Sprintf("%s must be true or false, not %s", k.Text(), kindOf(v)), "")
	case w == aCount && !isCount(v):
		c.fault(v, l, fmt.Sprintf("%s must be a number from 0, not %s", k.Text(), kindOf(v)), "")
	case w == aNumber && (!v.IsScalar() || v.YAML.Tag != "!!int" && v.YAML.Tag != "!!float"):
		c.fault(v, l, fmt.Sprintf("%s must be a number, not %s", k.Text(), kindOf(v)), "")
	case k.Text() == "x-go-name":
		c.goName(v, l)
	}
}

func (c *checker) goName(v source.Node, l label) {
	switch name := v.Text(); {
	case !token.IsIdentifier(name) || name[0] < 'A' || name[0] > 'Z':
		c.fault(v, l, fmt.Sprintf("x-go-name %q is no exported Go name", name),
			"write one like OutTradeNo")
	case strings.Contains(name, "_"): // distinguishes type and method in the names of examples
		c.fault(v, l, fmt.Sprintf("x-go-name %q has an underscore", name),
			"write one like OutTradeNo")
	}
}

// ref checks a $ref and the keys beside it.
func (c *checker) ref(v, ref source.Node, s *part, l label) {
	if s.refs == "" {
		c.fault(v.Key("$ref"), l, "a $ref cannot stand here", "")
		return
	}
	for k, value := range v.Entries() {
		switch {
		case k.Text() == "$ref":
		case !s.beside[k.Text()]:
			c.fault(k, l, k.Text()+" cannot stand beside a $ref",
				"write it where the $ref leads, or remove the $ref")
		default:
			if r, ok := s.keys[k.Text()]; ok {
				c.value(k, value, r, l)
			}
		}
	}
	if s == schemaPart {
		c.examples(v, v, l)
	}
	if !ref.IsString() {
		c.fault(ref, l, "$ref must be a string, not "+kindOf(ref), "")
		return
	}
	first, err := c.set.Step(ref, s.refs)
	if err == nil {
		if !first.File.Document {
			c.loose = append(c.loose, fragment{first.Node, s, label{s.noun, first.Name}})
		}
		_, err = c.set.Chase(v, s.refs)
	}
	if err != nil && err != source.ErrBroken {
		mend := ""
		if f, ok := errors.AsType[*source.RefFault](err); ok {
			mend = f.Mend
		}
		c.fault(ref, l, fmt.Sprintf("$ref %q %v", ref.Text(), err), mend)
	}
}

// unknown reports a key that the part does not have.
func (c *checker) unknown(v, k source.Node, s *part, l label) {
	name := k.Text()
	if mend, ok := s.refused[name]; ok {
		c.fault(k, l, name+" is not supported", cmp.Or(mend, "remove it"))
		return
	}
	what := fmt.Sprintf("unknown key %q", source.Clip(name))
	if near := cmp.Or(spell.NearestKey(name, s.keys), nearMark(name, s.keys)); near != "" {
		p := k.Pos()
		c.faults.Misspelt(source.Typo{In: v, Key: k, Near: near,
			Fault: fault.Fault{File: k.File.Shown, Line: p.Line, Col: p.Col,
				What: l.String() + ": " + what, Mend: "did you mean " + near + "?"}})
		return
	}
	if isForeign(name) {
		return
	}
	mend := ""
	if strings.HasPrefix(name, "x-") {
		mend = "remove it"
	} else {
		mend = "keys here are " + strings.Join(spell.SortedKeys(s.keys), ", ")
	}
	c.fault(k, l, what, mend)
}
