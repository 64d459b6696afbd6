package emit

import (
	"cmp"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
)

// validation prints Validate for a request, and check for a type within others. For a type that is
// both, Validate calls check.
func (p *pkg) validation(f *jen.File, t *model.Type) {
	r := p.role(t)
	if !t.Checks || !r.request {
		return
	}
	top := len(r.requestOf) > 0
	w := &walker{inline: top && !r.nested}
	for _, field := range t.Fields {
		w.check(field)
	}
	for _, c := range t.Choices {
		w.choice(c)
	}
	if top {
		p.validate(f, t, w)
	}
	if w.inline {
		return
	}
	f.Func().Params(jen.Id("r").Op("*").Id(t.Name)).Id("check").
		Params(jen.Id("need").Op("*").Add(rt("Required"))).Block(w.code...)
	f.Line()
}

func (p *pkg) validate(f *jen.File, t *model.Type, w *walker) {
	body := []jen.Code{jen.Var().Id("need").Add(rt("Required"))}
	if w.inline {
		body = append(body, w.code...)
	} else {
		body = append(body, jen.Id("r.check(&need)"))
	}
	name := p.calls + "." + t.Name
	if r := p.role(t); len(r.requestOf) == 1 {
		name = p.calls + "." + r.body.ID
	}
	f.Comment("// Validate reports every required field left unset and every limit passed, as " +
		"one [wxpay.InvalidError].\n" +
		"// Numbers, booleans and lists without minItems are not checked.")
	f.Func().Params(jen.Id("r").Id(t.Name)).Id("Validate").Params().Error().Block(
		append(body, jen.Return(jen.Id("need.Err").Call(jen.Lit(name))))...)
	f.Line()
}

// check prints Validate's checks of a field.
func (w *walker) check(f *model.Field) {
	at := "r." + f.Go
	wire := cmp.Or(f.Wire, "body") // a body that is not an object has no name
	if f.Required {
		if test := present(at, f); test != nil {
			w.add(jen.Id("need.Field").Call(jen.Lit(wire), test))
		}
	}
	w.bound(f, wire, at)
	w.below(f.Wire, at, f.Type)
}

// below prints the checks of the parts of a value.
func (w *walker) below(wire, at string, ref *model.TypeRef) {
	if !ref.Holds() {
		return
	}
	switch elem := ref.Elements(); {
	case ref.Pointer:
		value := *ref
		value.Pointer = false
		w.add(jen.If(jen.Id(at).Op("!=").Nil()).Block(w.sub(func(in *walker) {
			in.below(wire, deref(at, ref), &value)
		})...))
	case elem != nil:
		i := w.index()
		w.add(jen.For(jen.Id(i).Op(":=").Range().Id(at)).Block(w.sub(func(in *walker) {
			in.add(jen.Id("need.Item").Call(jen.Lit(wire), jen.Id(i)))
			in.checkIn(at+"["+i+"]", elem)
		})...))
	case ref.Base == model.Map:
		k, v := "k"+w.index(), "v"+w.index()
		w.add(jen.For(jen.List(jen.Id(k), jen.Id(v)).Op(":=").Range().Id(at)).
			Block(w.sub(func(in *walker) {
				in.add(jen.Id("need.Key").Call(jen.Lit(wire), jen.Id(k)))
				in.checkIn(v, ref.Elem)
				in.add(leave("need"))
			})...))
	default:
		w.add(enter("need", wire))
		w.checkIn(at, ref)
	}
}

// checkIn prints the checks of an element, and the step out of it.
func (w *walker) checkIn(at string, ref *model.TypeRef) {
	if ref.Base == model.Named && ref.Ref.Kind == model.Struct {
		w.add(jen.Id(at + ".check").Call(jen.Id(w.need())))
	} else {
		w.element(at, ref)
		w.below("", at, ref)
	}
	w.add(leave("need"))
}

// need is the collector as an argument.
func (w *walker) need() string {
	if w.inline {
		return "&need"
	}
	return "need"
}
