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
	names, all := widths(t)
	var values []jen.Code
	for i, v := range t.Values {
		apart := names+len(spelledValue(t, v)) > maxLine
		if apart && i > 0 {
			values = append(values, jen.Line())
		}
		values = append(values, constant(t, v, maxLine-all)...)
		if apart && i < len(t.Values)-1 {
			values = append(values, jen.Line())
		}
	}
	f.Comment("// The values of " + t.Name + ".")
	f.Const().Defs(values...)
	f.Line()
}

// widths are the lengths, in bytes, of what gofmt aligns: up to the values of an enumeration, and
// up to their labels. An empty line ends what is aligned, so a longer value stands apart.
func widths(t *model.Type) (names, all int) {
	for _, v := range t.Values {
		names = max(names, len("\t  = ")+len(v.Go)+len(t.Name))
	}
	for _, v := range t.Values {
		if width := names + len(spelledValue(t, v)); width <= maxLine {
			all = max(all, width+len(" // "))
		}
	}
	return names, all
}

// spelledValue is a value in Go.
func spelledValue(t *model.Type, v *model.EnumValue) string {
	if t.Base == "int64" {
		return v.Wire
	}
	return strconv.Quote(v.Wire)
}

// constant prints one value. Its label is behind it if that is short and takes no more bytes than
// there is room for.
func constant(t *model.Type, v *model.EnumValue, room int) []jen.Code {
	def := jen.Id(v.Go).Id(t.Name).Op("=").Id(spelledValue(t, v))
	label := strings.TrimSpace(v.Doc)
	switch {
	case label == "":
		return []jen.Code{def}
	case !strings.Contains(label, "\n") && width.Of(label) <= trailingWidth &&
		len(oneLine(label)) <= room:
		return []jen.Code{def.Comment("// " + oneLine(label))}
	}
	return []jen.Code{jen.Comment(comment(label)), def}
}
