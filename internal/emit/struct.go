package emit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/width"
)

// types prints t with its methods, then the types that its fields declare.
func (p *pkg) types(f *jen.File, t *model.Type) error {
	if err := p.declare(f, t); err != nil {
		return fmt.Errorf("type %s: %w", t.Name, err)
	}
	for _, inner := range t.Inner {
		if err := p.types(f, inner); err != nil {
			return err
		}
	}
	return nil
}

func (p *pkg) declare(f *jen.File, t *model.Type) error {
	switch t.Kind {
	case model.Enum:
		p.enum(f, t)
		return nil
	case model.Slice:
		f.Comment(p.typeDoc(t))
		f.Type().Id(t.Name).Index().Add(p.typ(t.Elem))
		f.Line()
	default:
		f.Comment(p.typeDoc(t))
		f.Type().Id(t.Name).Struct(p.fields(t)...)
		f.Line()
	}
	if t.InString {
		p.inString(f, t)
	}
	return p.methods(f, t)
}

// methods prints the methods that the runtime calls on a type.
func (p *pkg) methods(f *jen.File, t *model.Type) error {
	if t.Kind == model.Slice {
		return nil // the type that holds the list walks its elements
	}
	p.validation(f, t)
	p.secrets(f, t)
	return p.query(f, t)
}

// typeDoc says what a type is and where it is used.
func (p *pkg) typeDoc(t *model.Type) string {
	r := p.role(t)
	label, more, _ := strings.Cut(strings.TrimSpace(t.Doc), "\n")
	label = strings.TrimRight(oneLine(label), "。.")
	var purpose string
	switch {
	case len(r.requestOf) > 0:
		purpose = "the request of " + few(r.requestOf)
	case len(r.resultOf) > 0:
		purpose = "the result of " + few(r.resultOf)
	case len(r.elementOf) > 0:
		purpose = "part of the result of " + few(r.elementOf)
	case len(r.resourceOf) > 0:
		purpose = "the resource of " + few(r.resourceOf)
	case len(r.partOf) > 0:
		purpose = "part of " + few(brackets(r.partOf))
	default:
		purpose = "a type of WeChat Pay's"
	}
	if label == "" {
		return comment(t.Name+" is "+purpose+".", more)
	}
	return comment(t.Name+" is "+label+", "+purpose+".", more)
}

// few lists up to three names.
func few(names []string) string {
	if len(names) > 3 {
		return names[0] + ", " + names[1] + " and others"
	}
	return list(names)
}

func brackets(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = "[" + n + "]"
	}
	return out
}

func (p *pkg) fields(t *model.Type) []jen.Code {
	var fields []jen.Code
	aligned := columns(t)
	for _, f := range t.Fields {
		above, behind := p.fieldDoc(t, f)
		if aligned+len(behind) > maxLine {
			above, behind = comment(behind), ""
		}
		if above != "" {
			fields = append(fields, jen.Comment(above))
		}
		s := jen.Id(f.Go).Add(p.typ(f.Type)).Id(tag(t, f))
		if behind != "" {
			s.Comment("// " + behind)
		}
		fields = append(fields, s)
	}
	return fields
}

// columns is the length, in bytes, of all lines of a struct before their comments after gofmt.
func columns(t *model.Type) int {
	var name, typ, label int
	for _, f := range t.Fields {
		name, typ, label = max(name, len(f.Go)), max(typ, typeLength(f.Type)),
			max(label, len(tag(t, f)))
	}
	return len("\t  ") + name + typ + label + len(" // ")
}

// typeLength is an upper bound of the length of a type in Go.
func typeLength(ref *model.TypeRef) int {
	switch {
	case ref.Elem != nil:
		return len("*map[string]") + typeLength(ref.Elem)
	case ref.Ref != nil:
		return len("*") + len(ref.Ref.Name)
	}
	return len("*wxpay.Secret")
}

// fieldDoc returns the comment of a field: behind the field if it is short, else above.
func (p *pkg) fieldDoc(t *model.Type, f *model.Field) (above, behind string) {
	doc := strings.TrimSpace(f.Doc)
	notes := p.notes(t, f)
	if !f.Deprecated && !strings.Contains(doc, "\n") {
		line := join("; ", oneLine(doc), notes)
		if width.Of(line) <= trailingWidth {
			return "", line
		}
	}
	text := join("; ", doc, notes)
	if f.Deprecated {
		return comment(text, deprecated), ""
	}
	return comment(text), ""
}

// tag prints a struct tag. Tags other than json are documentation: generated code names those
// fields itself.
func tag(t *model.Type, f *model.Field) string {
	wire := f.Wire
	if f.OmitZero {
		wire += ",omitzero"
	}
	hide := ""
	if hasBody(t) {
		hide = `json:"-" `
	}
	var text string
	switch {
	case f.In == model.InQuery:
		text = hide + `query:` + strconv.Quote(wire)
	case f.In == model.InHeader:
		text = hide + `header:` + strconv.Quote(wire)
	case f.In == model.InMeta, f.In == model.InFile, f.Wire == "":
		text = `json:"-"`
	case f.Wire == "-":
		text = `json:"-,"` // encoding/json has no other spelling for a field named "-"
	default:
		text = `json:` + strconv.Quote(wire)
	}
	if strconv.CanBackquote(text) {
		return "`" + text + "`"
	}
	return strconv.Quote(text)
}

// hasBody reports whether encoding/json encodes a t, so that its other fields must be hidden.
func hasBody(t *model.Type) bool {
	return slices.ContainsFunc(t.Fields, func(f *model.Field) bool {
		return f.In == model.InBody || f.In == model.InMeta
	})
}

// inString prints the codec of a value that travels as a string of JSON.
func (p *pkg) inString(f *jen.File, t *model.Type) {
	plain := jen.Type().Id("plain").Id(t.Name)
	f.Comment("// MarshalJSON writes v as a string that holds JSON.")
	f.Func().Params(jen.Id("v").Id(t.Name)).Id("MarshalJSON").Params().Params(jen.Index().Byte(),
		jen.Error()).Block(
		plain, jen.Return(rt("MarshalInString").Call(jen.Id("plain(v)"))))
	f.Line()
	f.Comment("// UnmarshalJSON reads a string that holds JSON.")
	f.Func().Params(jen.Id("v").Op("*").Id(t.Name)).Id("UnmarshalJSON").
		Params(jen.Id("b").Index().Byte()).Error().Block(
		plain, jen.Return(rt("UnmarshalInString").Call(jen.Id("b"), jen.Id("(*plain)(v)"))))
	f.Line()
}
