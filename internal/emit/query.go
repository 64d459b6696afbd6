package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
)

// query prints the method that writes the query parameters of a request.
func (p *pkg) query(f *jen.File, t *model.Type) error {
	var lines []jen.Code
	for _, field := range t.Fields {
		if field.In != model.InQuery {
			continue
		}
		line, err := queryField(field)
		if err != nil {
			return err
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return nil
	}
	body := append([]jen.Code{jen.Var().Id("q").Add(rt("Query"))}, lines...)
	f.Func().Params(jen.Id("r").Op("*").Id(t.Name)).Id("query").Params().Add(rt("Query")).Block(
		append(body, jen.Return(jen.Id("q")))...)
	f.Line()
	return nil
}

func queryField(f *model.Field) (*jen.Statement, error) {
	if f.Type.Base == model.Named && f.Type.Ref.InString {
		return queryJSON(f), nil
	}
	if elem := f.Type.Elements(); elem != nil {
		return queryList(f, elem)
	}
	method, ok := queryMethods[f.Type.Scalar()]
	if !ok {
		return nil, fmt.Errorf("query parameter %s: no way to write this type in a query; use a "+
			"string, a number, a boolean, or a list of them", f.Wire)
	}
	at := "r." + f.Go
	test, value := needsTest(f, at)
	switch {
	case test != "":
		return jen.If(jen.Id(test)).Block(write(method, f.Wire, value, f.Type)), nil
	case !f.Required || f.Type.Pointer:
		method = "Opt" + method
	}
	return write(method, f.Wire, at, f.Type), nil
}

// queryJSON prints a parameter that holds JSON.
func queryJSON(f *model.Field) *jen.Statement {
	at := "r." + f.Go
	line := jen.Id("q.JSON").Call(jen.Lit(f.Wire), jen.Id(at))
	switch {
	case f.Type.Pointer:
		return jen.If(jen.Id(at).Op("!=").Nil()).Block(line)
	case !f.Required:
		return jen.If(jen.Len(jen.Id(at)).Op(">").Lit(0)).Block(line)
	}
	return line
}

// needsTest gives the condition under which an optional field is set, and its value. It is nil if
// gen.Query has an Opt method for the type.
func needsTest(f *model.Field, at string) (test, value string) {
	base := f.Type.Scalar()
	number := base == model.Int || base == model.Float || base == model.Bool
	switch {
	case f.Type.Pointer && (f.Type.Base == model.Named || !number):
		return at + " != nil", "*" + at
	case f.Type.Pointer, f.Required, !number:
		return "", ""
	case base == model.Bool:
		return at, at
	}
	return at + " != 0", at
}

var queryMethods = map[model.Base]string{
	model.String: "String", model.Int: "Int", model.Float: "Float", model.Bool: "Bool",
	model.Time: "Time", model.Secret: "Secret",
}

// write prints q.Method(name, value). It converts enums to their base type.
func write(method, wire, at string, ref *model.TypeRef) *jen.Statement {
	value := jen.Id(at)
	if ref.Base == model.Named {
		value = jen.Id(ref.Ref.Base).Call(value)
	}
	return jen.Id("q."+method).Call(jen.Lit(wire), value)
}

// queryList prints a parameter that is repeated for each element.
func queryList(f *model.Field, elem *model.TypeRef) (*jen.Statement, error) {
	at := "r." + f.Go
	switch elem.Base {
	case model.String:
		return jen.Id("q.Strings").Call(jen.Lit(f.Wire), jen.Id(at)), nil
	case model.Int:
		return jen.Id("q.Ints").Call(jen.Lit(f.Wire), jen.Id(at)), nil
	}
	method, ok := queryMethods[elem.Scalar()]
	if !ok {
		return nil, fmt.Errorf("query parameter %s: no way to write a list of this type in a query",
			f.Wire)
	}
	return jen.For(jen.List(jen.Id("_"), jen.Id("v")).Op(":=").Range().Id(at)).
		Block(write(method, f.Wire, "v", elem)), nil
}
