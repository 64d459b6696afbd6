package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
)

// A verb prints the method that makes a call.
type verb struct {
	*service
	*model.Operation
	result *jen.Statement // type of the first result; nil if the method returns only an error
	failed []jen.Code     // the values returned with an error
	meta   *model.Field   // of an upload
	file   *model.Field
}

// params are the parameters of the method. Values without which the call cannot be made come before
// the options.
func (v *verb) params() []jen.Code {
	params := []jen.Code{jen.Id("ctx").Qual("context", "Context")}
	if v.Request != nil {
		params = append(params, jen.Id("req").Id(v.Request.Name))
	}
	if v.Download {
		params = append(params, jen.Id("dst").Qual("io", "Writer"))
	}
	return append(params, jen.Id("opts").Op("...").Add(wx("CallOption")))
}

// parameters prints the parameters on the method's line, or on a line of their own if that would be
// too long.
func (v *verb) parameters() *jen.Statement {
	length := len("func (p ) (ctx context.Context, opts ...wxpay.CallOption) (*, error) {") +
		len(v.Node.Type) + len(v.Method)
	if v.Request != nil {
		length += len("req , ") + len(v.Request.Name)
	}
	if v.Download {
		length += len("dst io.Writer, ")
	}
	if v.Response != nil {
		length += len(v.Response.Name)
	}
	if length <= maxLine {
		return jen.Params(v.params()...)
	}
	return tall(jen.List(v.params()...))
}

func (v *verb) results() *jen.Statement {
	if v.result == nil {
		return jen.Error()
	}
	return jen.Params(v.result, jen.Error())
}
