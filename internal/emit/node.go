package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
)

// node prints a link of the chain: its type, and the method of its parent that returns it.
func (s *service) node(f *jen.File, n *model.Node) {
	if n == s.Root {
		guard(f)
	}
	is := " is "
	if len(n.Type)+len(is)+len(n.Path) > maxLine-len("// .") {
		is = " is\n// "
	}
	f.Comment("// " + n.Type + is + n.Path + ".")
	f.Type().Id(n.Type).Add(nodeFields(n))
	f.Line()
	if n == s.Root {
		s.constructor(f)
		return
	}
	if n.Param == nil {
		s.step(f, n, nil, n.Method)
		return
	}
	for _, param := range slices.Concat([]*model.Param{n.Param}, n.Aliases) {
		s.step(f, n, param, param.Method)
	}
}

// nodeFields prints the struct of a link: the client and the path values so far.
func nodeFields(n *model.Node) *jen.Statement {
	client := jen.Id("c").Op("*").Add(wx("Client"))
	if len(n.Params) == 0 {
		return jen.Custom(jen.Options{Open: "struct{ ", Close: " }"}, client)
	}
	fields := []jen.Code{client}
	for _, p := range n.Params {
		fields = append(fields, jen.Id(p.Go).Add(paramType(p)))
	}
	return jen.Struct(fields...)
}

func paramType(p *model.Param) *jen.Statement {
	switch {
	case p.Sensitive:
		return wx("Secret")
	case p.Integer:
		return jen.Id("int64")
	}
	return jen.Id("string")
}

func (s *service) constructor(f *jen.File) {
	f.Comment("// New starts the chain at " + s.Root.Path + ".")
	f.Func().Id("New").Params(jen.Id("c").Op("*").Add(wx("Client"))).Id(s.Root.Type).Block(
		jen.Return(jen.Id(s.Root.Type).Values(jen.Id("c"))))
	f.Line()
}

// step prints the method of n's parent that returns n; param is nil for a literal segment.
func (s *service) step(f *jen.File, n *model.Node, param *model.Param, method string) {
	doc := method + " appends /" + n.Segment + "."
	values := []jen.Code{jen.Id("p.c")}
	for _, p := range n.Params {
		if p != n.Param {
			values = append(values, jen.Id("p."+p.Go))
		}
	}
	if param != nil {
		doc = method + " appends /{" + param.Wire + "}" +
			tail(": ", join("; ", oneLine(param.Doc), paramNote(param))) + "."
		values = append(values, jen.Id(param.Go))
	}
	f.Comment(comment(doc))
	f.Func().Params(jen.Id("p").Id(s.parent(n))).Id(method).Add(s.signature(n, param, method)).
		Block(jen.Return(jen.Id(n.Type).Add(pathValues(n, values))))
	f.Line()
}

// pathValues prints the fields of a link, on lines of their own if they are long.
func pathValues(n *model.Node, values []jen.Code) *jen.Statement {
	length := len("	return {p.c}") + len(n.Type)
	for _, p := range n.Params {
		length += len(", p.") + len(p.Go)
	}
	if length <= maxLine {
		return jen.Values(values...)
	}
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true},
		jen.List(values...))
}

// signature prints the parameter and the result of a step. If the line of the method would be too
// long, the parameter has a line of its own; without one, the result has.
func (s *service) signature(n *model.Node, param *model.Param, method string) *jen.Statement {
	length := len("func (p ) ()  {") + len(s.parent(n)) + len(method) + len(n.Type)
	if param == nil {
		if length <= maxLine {
			return jen.Params().Id(n.Type)
		}
		return jen.Params().Add(tall(jen.Id("next").Id(n.Type)))
	}
	arg := jen.Id(param.Go).Add(paramType(param))
	if length+len(param.Go)+len(" wxpay.Secret") <= maxLine {
		return jen.Params(arg).Id(n.Type)
	}
	return tall(arg).Id(n.Type)
}
