package emit

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/width"
)

// enum prints an open type and its known values.
func (p *pkg) enum(f *jen.File, t *model.Type) {
	label, more, _ := strings.Cut(strings.TrimSpace(t.Doc), "\n")
	label = strings.TrimRight(oneLine(label), "。.")
	if label == "" {
		label = "an enumeration"
	}
	f.Comment(comment(t.Name+" is "+label+". Values not listed here are passed through unchanged.",
		more))
	f.Type().Id(t.Name).Id(t.Base)
	f.Line()
	if len(t.Values) == 0 {
		return
	}
	var values []jen.Code
	for _, v := range t.Values {
		values = append(values, constant(t, v)...)
	}
	f.Comment("// The values of " + t.Name + ".")
	f.Const().Defs(values...)
	f.Line()
}

// constant prints one value, its label behind it if that is short.
func constant(t *model.Type, v *model.EnumValue) []jen.Code {
	value := strconv.Quote(v.Wire)
	if t.Base == "int64" {
		value = v.Wire
	}
	def := jen.Id(v.Go).Id(t.Name).Op("=").Id(value)
	label := strings.TrimSpace(v.Doc)
	switch {
	case label == "":
		return []jen.Code{def}
	case !strings.Contains(label, "\n") && width.Of(label) <= trailingWidth:
		return []jen.Code{def.Comment("// " + oneLine(label))}
	}
	return []jen.Code{jen.Comment(comment(label)), def}
}
