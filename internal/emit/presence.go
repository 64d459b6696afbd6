package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
)

// isSet prints the test that an optional field is set. A field that is left out if it is 0 or false
// is unset then.
func isSet(at string, ref *model.TypeRef) *jen.Statement {
	if test := nonzero(at, ref); test != nil {
		return test
	}
	if ref.Base == model.Bool {
		return jen.Id(at)
	}
	return jen.Id(at).Op("!=").Lit(0)
}

// present prints the test that a required field is set. It is nil if zero is a value, as for
// numbers, booleans and maps, and for lists without a minimum of elements.
func present(at string, f *model.Field) *jen.Statement {
	if !f.Type.Pointer &&
		(f.Type.Base == model.Map || f.Type.Elements() != nil && f.MinItems == 0) {
		return nil
	}
	if f.Type.Elements() != nil {
		return jen.Id("len").Call(jen.Id(at)).Op(">").Lit(0)
	}
	return nonzero(at, f.Type)
}

// nonzero prints the test that a value is not zero; nil if zero is an ordinary value.
func nonzero(at string, ref *model.TypeRef) *jen.Statement {
	switch {
	case ref.Pointer, ref.Base == model.Map, ref.Elements() != nil:
		return jen.Id(at).Op("!=").Nil()
	}
	switch ref.Scalar() {
	case model.String:
		return jen.Id(at).Op("!=").Lit("")
	case model.Time, model.Secret:
		return jen.Op("!").Id(at + ".IsZero()")
	case model.File:
		return jen.Id(at + ".Content").Op("!=").Nil()
	case model.Raw:
		return jen.Id("len").Call(jen.Id(at)).Op(">").Lit(0)
	}
	return nil
}
