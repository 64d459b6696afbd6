package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
)

// secrets prints the method that passes every sensitive field of t to the runtime, which seals or
// opens it in place. In a request, the method first copies slices, maps and objects, so that the
// caller's value does not change.
func (p *pkg) secrets(f *jen.File, t *model.Type) {
	if !t.Secrets {
		return
	}
	w := &walker{copies: p.role(t).request}
	for _, field := range t.Fields {
		w.secret(field.Wire, "r."+field.Go, field.Type)
	}
	f.Func().Params(jen.Id("r").Op("*").Id(t.Name)).Id("secrets").
		Params(jen.Id("s").Op("*").Add(rt("Secrets"))).Block(w.code...)
	f.Line()
}

// secret prints the visit of one value, if it holds anything sensitive.
func (w *walker) secret(wire, at string, ref *model.TypeRef) {
	if !ref.Sensitive() {
		return
	}
	if ref.Pointer {
		w.pointer(wire, at, ref)
		return
	}
	switch elem := ref.Elements(); {
	case ref.Base == model.Secret:
		w.add(jen.Id("s.Field").Call(jen.Lit(wire), jen.Id("&"+at)))
	case elem != nil:
		w.list(wire, at, elem)
	case ref.Base == model.Map:
		w.dict(wire, at, ref)
	default:
		w.add(enter("s", wire), jen.Id(at+".secrets(s)"), leave("s"))
	}
}

func (w *walker) pointer(wire, at string, ref *model.TypeRef) {
	w.add(jen.If(jen.Id(at).Op("!=").Nil()).Block(w.sub(func(in *walker) {
		if in.copies {
			in.add(jen.Id("v").Op(":=").Id("*"+at), jen.Id(at).Op("=").Id("&v"))
		}
		value := *ref
		value.Pointer = false
		if value.Base == model.Named {
			in.secret(wire, deref(at, ref), &value)
			return
		}
		in.add(jen.Id("s.Field").Call(jen.Lit(wire), jen.Id(at)))
	})...))
}

// deepest is how many tabs a line of a walk begins with, at most, of the lists that are tested.
const deepest = 12

func (w *walker) list(wire, at string, elem *model.TypeRef) {
	if w.copies {
		// an empty list stays empty, and nil stays nil
		w.add(jen.Id(at).Op("=").Id("append").
			Add(listed(deepest+len(at)+len(" = append"), jen.Id(at+"[:0:0]"), jen.Id(at+"..."))))
	}
	i := w.index()
	item := at + "[" + i + "]"
	w.add(jen.For(jen.Id(i).Op(":=").Range().Id(at)).Block(w.sub(func(in *walker) {
		if elem.Base == model.Secret && !elem.Pointer {
			in.add(jen.Id("s.Element").Call(jen.Lit(wire), jen.Id(i), jen.Id("&"+item)))
			return
		}
		in.add(jen.Id("s.Item").Call(jen.Lit(wire), jen.Id(i)))
		in.inside(item, elem)
		in.add(leave("s"))
	})...))
}

// dict visits a copy of each value and puts it back, since a map's values have no address.
func (w *walker) dict(wire, at string, ref *model.TypeRef) {
	if w.copies {
		w.add(jen.Id(at).Op("=").Qual("maps", "Clone").Call(jen.Id(at)))
	}
	k, v := "k"+w.index(), "v"+w.index()
	w.add(jen.For(jen.List(jen.Id(k), jen.Id(v)).Op(":=").Range().Id(at)).
		Block(w.sub(func(in *walker) {
			in.add(enter("s", wire))
			if ref.Elem.Base == model.Secret {
				in.add(jen.Id("s.Field").Call(jen.Id(k), jen.Id("&"+v)))
			} else {
				in.add(jen.Id("s.Enter").Call(jen.Id(k)))
				in.inside(v, ref.Elem)
				in.add(leave("s"))
			}
			in.add(leave("s"), jen.Id(at+"["+k+"]").Op("=").Id(v))
		})...))
}

// inside visits an element after the step into it.
func (w *walker) inside(at string, ref *model.TypeRef) {
	if ref.Base == model.Named && ref.Ref.Kind == model.Struct {
		w.add(jen.Id(at + ".secrets(s)"))
		return
	}
	w.secret("", at, ref)
}
