package emit

import "github.com/dave/jennifer/jen"

// wxpayPath is the import path of the runtime, which is known here by its path alone.
const wxpayPath = "github.com/wxgen/wxgen/wxpay"

// wx names something of the runtime.
func wx(name string) *jen.Statement { return jen.Qual(wxpayPath, name) }

// rt is what the runtime has for generated code alone.
func rt(name string) *jen.Statement { return jen.Qual(wxpayPath+"/gen", name) }

// guard prints a constant that stops generated code from compiling with a runtime that is too old
// for it.
func guard(f *jen.File) {
	f.Const().Id("_").Op("=").Add(rt("Gen1")).Comment("undefined: update the " +
		"github.com/wxgen/wxgen module, or regenerate with an older wxgen")
	f.Line()
}
