package emit

import "github.com/dave/jennifer/jen"

// wxpayPath is the import path of the runtime. The generator does not import it.
const wxpayPath = "github.com/wxgen/wxgen/wxpay"

// wx names an identifier of the runtime.
func wx(name string) *jen.Statement { return jen.Qual(wxpayPath, name) }

// rt names an identifier of the runtime's package for generated code.
func rt(name string) *jen.Statement { return jen.Qual(wxpayPath+"/gen", name) }

// guard prints a constant that keeps generated code from compiling with an older runtime.
func guard(f *jen.File) {
	f.Const().Id("_").Op("=").Add(rt("Gen1")).Comment("undefined: update the " +
		"github.com/wxgen/wxgen module, or regenerate with an older wxgen")
	f.Line()
}
