package emit

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
)

// A sampler prints the values of examples: those of the description, or else plausible ones.
type sampler struct {
	*pkg
	exact bool // print exactly the values of the example
	times bool // some value is a time
}

const (
	maxElements = 2 // of a list
	maxNesting  = 6 // of objects without an example
	maxSimple   = 2 // plain fields of an object on one line
)

// arguments prints the arguments of an example's call.
func (x *sampler) arguments(op *model.Operation) []jen.Code {
	args := []jen.Code{jen.Qual("context", "Background").Call()}
	if x.exact {
		args[0] = jen.Id("ctx")
	}
	if op.Request != nil {
		args = append(args, jen.Qual(x.path, op.Request.Name).Add(x.request(op)))
	}
	if op.Download {
		args = append(args, jen.Qual("os", "Stdout"))
	}
	return args
}

// param prints the value of a path parameter.
func (x *sampler) param(op *model.Operation, p *model.Param) *jen.Statement {
	ref, have := &model.TypeRef{Base: model.String, Limits: p.Limits}, any(nil)
	switch {
	case p.Sensitive:
		ref.Base = model.Secret
	case p.Integer:
		ref.Base = model.Int
	}
	if op.Example != nil && op.Example.Path[p.Wire] != "" {
		have = op.Example.Path[p.Wire]
	}
	if p.Integer {
		n, ok := integer(have)
		if !ok {
			n = 1
		}
		return jen.Id(strconv.FormatInt(n, 10))
	}
	return x.value(ref, p.Wire, have, 0)
}

// request prints the fields of a request from the parts of the operation's example.
func (x *sampler) request(op *model.Operation) *jen.Statement {
	e := op.Example
	if e == nil {
		e = new(model.Example)
	}
	body, _ := e.Body.(map[string]any)
	return x.braces(op.Request, func(f *model.Field) (any, bool) {
		switch f.In {
		case model.InQuery:
			return e.Query[f.Wire], true
		case model.InHeader:
			return e.Header[f.Wire], true
		case model.InMeta:
			inner, ok := body[op.Upload.MetaWire].(map[string]any)
			if !ok {
				inner = body // examples may lack the part's name
			}
			return inner, x.wanted(f.Type.Ref, inner)
		case model.InFile:
			return body[f.Wire], true
		}
		if op.RawRequest != nil {
			return e.Body, true
		}
		return body[f.Wire], true
	}, 0)
}

// braces prints the fields of a composite literal. get returns the example of a field, and whether
// to print the field at all.
func (x *sampler) braces(t *model.Type, get func(*model.Field) (any, bool),
	depth int) *jen.Statement {
	var lines []jen.Code
	simple, moments := depth > 0, 0
	shown := func(f *model.Field) bool {
		have, ok := get(f)
		if x.exact {
			return ok && have != nil
		}
		return ok && (f.Required || have != nil && have != "")
	}
	var chosen map[*model.Field]bool
	if !x.exact {
		chosen = choose(t, shown)
	}
	for _, f := range t.Fields {
		if !shown(f) && !chosen[f] {
			continue
		}
		have, _ := get(f)
		if have == nil && !x.exact {
			have = f.Example
		}
		simple = simple && f.Type.Named() == nil && f.Type.Base < model.Raw
		if f.Type.Base == model.Time {
			moments++
		}
		lines = append(lines, jen.Id(f.Go+":").Add(x.value(f.Type, f.Wire, have, depth)))
	}
	if simple && len(lines) <= maxSimple && moments < maxSimple {
		return jen.Values(lines...)
	}
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, lines...)
}

// wanted reports whether an example must set any field of t.
func (x *sampler) wanted(t *model.Type, values map[string]any) bool {
	return slices.ContainsFunc(t.Fields, func(f *model.Field) bool {
		return !x.filled[f] && (f.Required || values[f.Wire] != nil)
	})
}

// value prints a value of a type. It uses have if that fits.
func (x *sampler) value(ref *model.TypeRef, name string, have any, depth int) *jen.Statement {
	if !ref.Pointer {
		return x.plain(ref, name, have, depth)
	}
	bare := *ref
	bare.Pointer = false
	v := x.plain(&bare, name, have, depth)
	if ref.Base == model.Named && ref.Ref.Kind == model.Struct {
		return jen.Op("&").Add(v)
	}
	switch ref.Base {
	case model.Int, model.Named:
		return jen.New(x.bare(&bare).Call(v))
	}
	return jen.New(v)
}

func (x *sampler) plain(ref *model.TypeRef, name string, have any, depth int) *jen.Statement {
	switch ref.Base {
	case model.Named:
		return x.named(ref, name, have, depth)
	case model.List:
		return x.typ(ref).Add(x.elements(ref, name, have, depth))
	case model.Map:
		return x.typ(ref).Add(x.entries(ref.Elem, name, have, depth))
	case model.Time:
		return x.time(have)
	case model.Secret:
		if x.exact {
			return wx("NewSecret").Call(jen.Lit(text(have)))
		}
		return wx("NewSecret").Call(jen.Lit(within(disguise(name), ref)))
	case model.File:
		if x.exact {
			return wx("File").Values(jen.Id("Name:").Lit(text(have)), jen.Id("Content:").Id("file"))
		}
		return wx("File").Values(jen.Id("Name:").Lit("example.jpg"),
			jen.Id("Content:").Qual("strings", "NewReader").Call(jen.Lit("the bytes of the file")))
	case model.Raw:
		return raw(have)
	}
	if have == "" && x.exact && ref.Base == model.String {
		return jen.Lit("")
	}
	return literal(ref, name, have)
}

// literal prints a string, number or boolean.
func literal(ref *model.TypeRef, name string, have any) *jen.Statement {
	switch ref.Base {
	case model.Int:
		n, ok := integer(have)
		if !ok {
			n = int64(clamp(float64(plausibleInt(name)), ref))
		}
		return jen.Id(strconv.FormatInt(n, 10))
	case model.Float:
		f, err := strconv.ParseFloat(text(have), 64)
		if err != nil {
			f = clamp(1.5, ref)
		}
		return jen.Lit(f)
	case model.Bool:
		return jen.Lit(have == nil || have == true || have == "true")
	}
	s := text(have)
	if s == "" {
		s = within(plausibleString(name), ref)
	}
	return quoted(s)
}

func (x *sampler) named(ref *model.TypeRef, name string, have any, depth int) *jen.Statement {
	t := ref.Ref
	if t.InString {
		have = inside(have)
	}
	switch t.Kind {
	case model.Enum:
		return x.enumValue(t, have)
	case model.Slice:
		return jen.Qual(x.path, t.Name).Add(x.elements(ref, name, have, depth))
	}
	return jen.Qual(x.path, t.Name).Add(x.object(t, have, depth))
}

// object prints the fields of a struct, without its type.
func (x *sampler) object(t *model.Type, have any, depth int) *jen.Statement {
	values, _ := have.(map[string]any)
	return x.braces(t, func(f *model.Field) (any, bool) {
		return values[f.Wire], !x.filled[f] && (values != nil || depth < maxNesting)
	}, depth+1)
}

// elements prints the elements of a list, without its type.
func (x *sampler) elements(list *model.TypeRef, name string, have any, depth int) *jen.Statement {
	items, ok := have.([]any)
	if !ok {
		items = []any{have} // also for nil: one plausible element
	}
	most := maxElements
	if x.exact {
		most = len(items)
	} else if list.Limits != nil {
		most = max(most, list.Limits.MinItems)
		for i := 0; len(items) < list.Limits.MinItems; i++ {
			items = append(items, items[i])
		}
	}
	if len(items) > most {
		items = items[:most]
	}
	var values []jen.Code
	for _, item := range items {
		values = append(values, x.element(list.Elements(), name, item, depth))
	}
	return jen.Values(values...)
}

// element prints a value within a list or map. Go infers its type.
func (x *sampler) element(ref *model.TypeRef, name string, have any, depth int) *jen.Statement {
	switch {
	case ref.Base == model.Named && ref.Ref.Kind == model.Struct:
		return x.object(ref.Ref, have, depth)
	case ref.Base == model.List:
		return x.elements(ref, name, have, depth)
	case ref.Base == model.Map:
		return x.entries(ref.Elem, name, have, depth)
	}
	return x.value(ref, name, have, depth)
}

func (x *sampler) entries(elem *model.TypeRef, name string, have any, depth int) *jen.Statement {
	values, _ := have.(map[string]any)
	if len(values) == 0 && !x.exact {
		values = map[string]any{"key": nil}
	}
	var lines []jen.Code
	for _, key := range slices.Sorted(maps.Keys(values)) {
		lines = append(lines, jen.Lit(key).Op(":").Add(x.element(elem, name, values[key], depth)))
	}
	return jen.Values(lines...)
}

// enumValue prints a constant, or a conversion of an unknown value.
func (x *sampler) enumValue(t *model.Type, have any) *jen.Statement {
	wire := text(have)
	for _, v := range t.Values {
		if v.Wire == wire || wire == "" {
			return jen.Qual(x.path, v.Go)
		}
	}
	if t.Base == "int64" {
		n, _ := integer(have)
		return jen.Id(strconv.FormatInt(n, 10))
	}
	return jen.Lit(wire)
}

// time prints a moment.
func (x *sampler) time(have any) *jen.Statement {
	x.times = true
	t, err := time.Parse(time.RFC3339, text(have))
	if err != nil {
		t = time.Date(2026, 11, 22, 10, 34, 56, 0, time.UTC)
	} else {
		t = t.In(time.FixedZone("", 8*60*60))
	}
	var parts []jen.Code
	for _, n := range []int{t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(),
		t.Second(), 0} {
		parts = append(parts, jen.Lit(n))
	}
	zone := jen.Id("beijing")
	if x.exact {
		zone = jen.Qual("time", "FixedZone").Call(jen.Lit("UTC+8"), jen.Id("8*60*60"))
	}
	return wx("NewTime").Call(jen.Qual("time", "Date").Call(append(parts, zone)...))
}

// raw prints JSON of any shape.
func raw(have any) *jen.Statement {
	b, err := json.Marshal(have)
	if err != nil || have == nil {
		b = []byte("{}")
	}
	quoted := strconv.Quote(string(b))
	if strconv.CanBackquote(string(b)) {
		quoted = "`" + string(b) + "`"
	}
	return jen.Qual("encoding/json", "RawMessage").Call(jen.Id(quoted))
}

// inside decodes JSON inside the string of an example.
func inside(have any) any {
	s, ok := have.(string)
	if !ok {
		return have
	}
	var v any
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}

// text spells an example as a string; "" if there is none.
func text(have any) string {
	switch v := have.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(have) != nil {
		return ""
	}
	return strings.TrimSpace(b.String())
}

func integer(have any) (int64, bool) {
	s := text(have)
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(s, 64)
	return int64(f), err == nil && f == float64(int64(f))
}
