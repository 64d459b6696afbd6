package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
)

// bound prints the check of a field's limits. An unset field keeps them.
func (w *walker) bound(f *model.Field, wire, at string) {
	ref := f.Type
	if !ref.Bounded() {
		return
	}
	switch base := ref.Scalar(); {
	case base == model.Int, base == model.Float:
		w.number(wire, at, ref, !f.Required)
	case ref.Pointer: // the text of a pointer is sent even if it is empty
		value := *ref
		value.Pointer = false
		w.add(jen.If(jen.Id(at).Op("!=").Nil()).Block(w.sub(func(in *walker) {
			in.text(wire, "*"+at, &value)
		})...))
	case ref.Elements() != nil:
		w.items(f, wire, at)
	default:
		w.text(wire, at, ref)
	}
}

// element prints the check of the limits of an element of a list or map. An empty element is sent,
// too.
func (w *walker) element(at string, ref *model.TypeRef) {
	l := ref.Limits
	if l == nil {
		return
	}
	switch base := ref.Scalar(); {
	case base == model.Int || base == model.Float:
		if ref.Bounded() {
			w.number("", at, ref, false)
		}
	case ref.Elements() != nil:
		if ref.Bounded() {
			w.add(jen.Id("need.Items").Call(jen.Lit(""), jen.Len(jen.Id(at)), jen.Lit(l.MinItems),
				orNone(l.MaxItems)))
		}
	case base == model.String, base == model.Secret:
		if l.MinLength > 0 {
			w.add(jen.Id("need.Field").Call(jen.Lit(""), nonzero(at, ref)))
		}
		w.text("", at, ref)
	}
}

// text prints the checks of a string, or of a Secret's clear text.
func (w *walker) text(wire, at string, ref *model.TypeRef) {
	if !ref.Bounded() {
		return
	}
	value, l := jen.Id(at), ref.Limits
	switch {
	case ref.Base == model.Secret:
		value = jen.Id(at + ".Reveal()")
	case ref.Base == model.Named:
		value = jen.String().Call(value)
	}
	method := "Chars"
	if l.Bytes {
		method = "Bytes"
	}
	if l.MinLength > 1 || l.MaxLength > 0 {
		w.add(jen.Id("need."+method).Call(jen.Lit(wire), value.Clone(), jen.Lit(l.MinLength),
			orNone(l.MaxLength)))
	}
	if l.Class != "" {
		w.add(jen.Id("need.Only").Call(jen.Lit(wire), value.Clone(), jen.Lit(l.Class)))
	}
}

// number prints the check of a number. An optional 0 without a pointer is unset.
func (w *walker) number(wire, at string, ref *model.TypeRef, optional bool) {
	method, pointer := "Int", jen.Op("&").Id(at)
	if ref.Pointer {
		pointer = jen.Id(at)
	}
	if ref.Base == model.Float {
		method = "Float"
	}
	if ref.Base == model.Named {
		pointer = jen.Parens(jen.Op("*").Int64()).Call(pointer)
	}
	low, high := jen.Op("-").Add(rt("NoLimit")), rt("NoLimit")
	if l := ref.Limits; l.Minimum != "" {
		low = jen.Id(l.Minimum)
	}
	if l := ref.Limits; l.Maximum != "" {
		high = jen.Id(l.Maximum)
	}
	check := jen.Id("need."+method).Call(jen.Lit(wire), pointer, low, high)
	if optional && !ref.Pointer {
		check = jen.If(jen.Id(at).Op("!=").Lit(0)).Block(check)
	}
	w.add(check)
}

// items prints the check of a list's length. Need.Field reports a required list that is empty.
func (w *walker) items(f *model.Field, wire, at string) {
	low, high := f.Type.Limits.MinItems, f.Type.Limits.MaxItems
	test := jen.Id(at).Op("!=").Nil()
	if f.Required {
		test = jen.Len(jen.Id(at)).Op(">").Lit(0)
	}
	if f.Required && low == 1 {
		low = 0
	}
	if low == 0 && high == 0 {
		return
	}
	check := jen.Id("need.Items").Call(jen.Lit(wire), jen.Len(jen.Id(at)), jen.Lit(low),
		orNone(high))
	if low > 0 {
		check = jen.If(test).Block(check)
	}
	w.add(check)
}

// orNone prints an upper bound; 0 means none.
func orNone(n int) *jen.Statement {
	if n == 0 {
		return rt("NoLimit")
	}
	return jen.Lit(n)
}

// choice prints the check of how many branches of a choice are set.
func (w *walker) choice(c *model.Choice) {
	of := "AnyOf"
	if c.Exactly {
		of = "OneOf"
	}
	var tests, names []jen.Code
	for _, branch := range c.Branches {
		wire, test := "", jen.Null()
		for i, f := range branch {
			if i > 0 {
				wire, test = wire+",", test.Op("&&")
			}
			wire, test = wire+f.Wire, test.Add(isSet("r."+f.Go, f.Type))
		}
		tests, names = append(tests, test), append(names, jen.Lit(wire))
	}
	if c.Exactly {
		tests = []jen.Code{rt("Count").Add(listed(len("	need.OneOf(gen.Count"), tests...))}
	} else {
		tests = []jen.Code{either(tests)}
	}
	tests = append(tests, jen.List(names...))
	w.add(jen.Id("need." + of).Add(listed(len("	need.OneOf"), tests...)))
}

// either prints that one of several tests holds.
func either(tests []jen.Code) *jen.Statement {
	any, long := jen.Null(), length(tests...) > maxLine/2
	for i, test := range tests {
		if i > 0 {
			any.Op("||")
		}
		if i > 0 && long {
			any.Line()
		}
		any.Add(test)
	}
	return any
}
