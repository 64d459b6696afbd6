package load

import (
	"fmt"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/source"
)

// maxInline bounds the nesting of inline objects: each level makes the names of their types longer.
const maxInline = 24

// A site is the place of a schema, for the names of the types that it declares.
type site struct {
	owner  *model.Type // the type whose field it is; nil if none
	name   string      // the name of an object or enum without a name of its own
	what   string      // "property amount"
	field  bool        // a property itself, whose x-go-name names the field
	shared bool        // part of a component, and so shared by all its users
	depth  int
}

// isStruct reports whether a schema, $refs followed, makes a Go struct.
func (b *builder) isStruct(v source.Node) bool {
	return source.TypeOf(v) == "object" && v.Has("properties")
}

// ref makes the use of a type. It returns nil if check has reported a fault.
func (b *builder) ref(v source.Node, p site) *model.TypeRef {
	t := b.set.Follow(v, source.Schemas)
	switch {
	case !t.IsMap():
		return nil
	case t.Name != "":
		return b.component(t, false)
	}
	return b.inline(t.Node, p)
}

// component makes the type of a component, once.
func (b *builder) component(t source.Target, inString bool) *model.TypeRef {
	key := compKey{t.YAML, inString}
	if c, ok := b.comps[key]; ok {
		if c.ref == nil {
			b.faults.At(t.Node, fmt.Sprintf("schema %s contains itself", c.name),
				"let it do so in a property")
			return nil
		}
		use := *c.ref
		return &use
	}
	c := &component{name: t.Name}
	b.comps[key] = c
	what := "schema " + t.Name
	name := b.goName(t.Node, what, t.Name, t.Node)
	if inString {
		name += "JSON"
	}
	p := site{name: name, what: what, shared: true}
	if typ := b.namedType(t.Node, p, inString); typ != nil {
		b.shared = append(b.shared, typ)
		c.ref = limited(&model.TypeRef{Base: model.Named, Ref: typ}, t.Node)
		b.complete(typ, t.Node, 0, what)
	} else {
		p.name += "Item"
		if c.ref = b.inline(t.Node, p); c.ref == nil {
			return nil
		}
	}
	use := *c.ref
	return &use
}

// inline makes the type of an inline schema.
func (b *builder) inline(v source.Node, p site) *model.TypeRef {
	if p.depth > maxInline {
		b.faults.At(v, fmt.Sprintf("%s: objects nested deeper than %d levels", p.what, maxInline),
			"make one of them a component and $ref to it")
		return nil
	}
	if own := v.Get("x-go-name"); own.OK() && !p.field {
		p.name = own.Text()
	}
	if t := b.namedType(v, p, false); t != nil {
		if p.owner != nil {
			p.owner.Inner = append(p.owner.Inner, t)
		} else if p.shared {
			b.shared = append(b.shared, t)
		}
		b.complete(t, v, p.depth, p.what)
		return limited(&model.TypeRef{Base: model.Named, Ref: t}, v)
	}
	return limited(b.plain(v, p), v)
}

// namedType returns the type that a schema declares, without its fields; nil for a type of Go or
// the runtime.
func (b *builder) namedType(v source.Node, p site, inString bool) *model.Type {
	t := &model.Type{Name: p.name, Doc: prose(v.Get("description"))}
	switch source.TypeOf(v) {
	case "object":
		if !v.Has("properties") {
			return nil
		}
		t.Kind, t.InString = model.Struct, inString
	case "string":
		switch s := b.set.Follow(v.Get("contentSchema"), source.Schemas); {
		case b.isStruct(s.Node) && s.Name == "":
			t.Kind, t.InString = model.Struct, true
		case source.TypeOf(s.Node) == "array" && s.Name == "":
			t.Kind, t.InString = model.Slice, true
		case v.Has("enum"):
			t.Kind, t.Base = model.Enum, "string"
		default:
			return nil
		}
	case "integer":
		if !v.Has("x-enum-varnames") {
			return nil
		}
		t.Kind, t.Base = model.Enum, "int64"
	case "array":
		if !inString {
			return nil
		}
		t.Kind, t.InString = model.Slice, true
	default:
		return nil
	}
	if p.name == "" {
		return nil
	}
	b.declare(t, p.what, v)
	return t
}

// declare declares a type under its name.
func (b *builder) declare(t *model.Type, what string, at source.Node) {
	b.order = append(b.order, t)
	b.pkg.add(t.Name, what, at)
}

// complete adds the fields or values of a type. The type has its name before that, so that it can
// contain itself.
func (b *builder) complete(t *model.Type, v source.Node, depth int, what string) {
	if t.InString && source.TypeOf(v) == "string" {
		v = b.set.Follow(v.Get("contentSchema"), source.Schemas).Node
	}
	switch t.Kind {
	case model.Struct:
		fields := newScope(b.faults)
		if t.InString {
			fields.reserve("MarshalJSON", "a method of the type")
			fields.reserve("UnmarshalJSON", "a method of the type")
		}
		b.properties(t, v, fields, depth+1)
	case model.Slice:
		t.Elem = b.ref(v.Get("items"),
			site{owner: t, name: t.Name + "Item", what: "items of " + what, depth: depth + 1})
		if t.Elem == nil {
			t.Elem = &model.TypeRef{Base: model.Raw}
		}
	case model.Enum:
		b.values(t, v)
	}
}

// plain makes types of Go and the runtime.
func (b *builder) plain(v source.Node, p site) *model.TypeRef {
	switch source.TypeOf(v) {
	case "string":
		return b.text(v, p)
	case "integer":
		return &model.TypeRef{Base: model.Int}
	case "number":
		return &model.TypeRef{Base: model.Float}
	case "boolean":
		return &model.TypeRef{Base: model.Bool}
	case "array":
		return b.wrap(model.List, v.Get("items"), p, "items of ")
	case "object":
		if v.Has("additionalProperties") {
			return b.wrap(model.Map, v.Get("additionalProperties"), p, "values of ")
		}
	}
	return &model.TypeRef{Base: model.Raw}
}

// wrap makes a list or map. Its element is named after the list's field: a field list of inline
// objects makes <parent>List. An x-go-name on the items gives a better name.
func (b *builder) wrap(base model.Base, elem source.Node, p site, what string) *model.TypeRef {
	p.what, p.field = what+p.what, false
	p.depth++
	e := b.ref(elem, p)
	if e == nil {
		return nil
	}
	if e.Base == model.File || base == model.Map &&
		(e.Base == model.Secret || e.Base == model.Map) || e.Base == model.List &&
		e.Elem.Base == model.Secret {
		b.faults.At(elem, p.what+" cannot be files or sensitive strings",
			"write an array of objects that hold them")
		return nil
	}
	return &model.TypeRef{Base: base, Elem: e}
}

// text makes the type of a string.
func (b *builder) text(v source.Node, p site) *model.TypeRef {
	switch {
	case v.Is("x-wxpay-sensitive"):
		return &model.TypeRef{Base: model.Secret}
	case v.Get("format").Text() == "date-time":
		return &model.TypeRef{Base: model.Time}
	case v.Get("format").Text() == "binary":
		return &model.TypeRef{Base: model.File}
	}
	if k, s := v.Entry("contentSchema"); k.OK() {
		t := b.set.Follow(s, source.Schemas)
		if b.isStruct(t.Node) || source.TypeOf(t.Node) == "array" {
			return b.component(t, true)
		}
		b.faults.At(k, p.what+": contentSchema is neither an object with properties nor an array",
			"remove it: the caller reads the string")
	}
	return &model.TypeRef{Base: model.String}
}

// properties makes a struct's fields.
func (b *builder) properties(t *model.Type, v source.Node, fields *scope, depth int) {
	required, first := map[string]bool{}, len(t.Fields)
	for _, name := range v.Get("required").Texts() {
		required[name] = true
	}
	for k, p := range v.Get("properties").Entries() {
		b.property(t, k, p, required[k.Text()], fields, depth)
	}
	choices(t, t.Fields[first:], check.ChoicesOf(v, check.ChoiceKeys))
}

func (b *builder) property(t *model.Type, k, p source.Node, required bool, fields *scope,
	depth int) {
	what := "property " + k.Text()
	name := b.goName(p, what, k.Text(), k)
	if name == "" || !fields.add(name, what, k) {
		return
	}
	f := &model.Field{Wire: k.Text(), Go: name, Required: required}
	f.Type = b.ref(p, site{owner: t, name: t.Name + name, what: what, field: true, depth: depth})
	if f.Type == nil {
		return
	}
	b.field(t, f, prop{key: k, wire: k.Text(), pointer: p.Get("x-go-pointer"),
		file: b.set.Follow(p, source.Schemas).Get("x-wxpay-file")}, p, prose(p.Get("description")))
}

// field adds a field to a struct, with the attributes that all kinds of fields have.
func (b *builder) field(t *model.Type, f *model.Field, p prop, schema source.Node, doc string) {
	s := b.set.Follow(schema, source.Schemas)
	f.Doc = doc
	if f.Doc == "" {
		f.Doc = prose(schema.Get("description"))
	}
	if f.Doc == "" {
		f.Doc = prose(s.Get("description"))
	}
	if f.Type.Base == model.Int {
		f.Doc = withValues(f.Doc, s.Node)
	}
	f.OmitZero = !f.Required
	f.Deprecated = f.Deprecated || schema.Is("deprecated") || s.Is("deprecated")
	f.Format = s.Get("format").Text()
	f.Sensitive = f.Type.Secret()
	if f.Required {
		f.MinItems = source.Count(s.Node, "minItems")
	}
	if f.Example == nil {
		f.Example = schemaExample(schema)
	}
	if f.Example == nil {
		f.Example = schemaExample(s.Node)
	}
	b.fields[f] = p
	t.Fields = append(t.Fields, f)
}

// values makes an enum's constants.
func (b *builder) values(t *model.Type, v source.Node) {
	varnames, labels := v.Get("x-enum-varnames").Texts(), v.Get("x-enum-descriptions").Texts()
	seen := map[string]bool{}
	for i, item := range v.Get("enum").Items() {
		if seen[item.Text()] {
			continue // check has reported it
		}
		seen[item.Text()] = true
		value := &model.EnumValue{Wire: item.Text()}
		if i < len(labels) {
			value.Doc = labels[i]
		}
		if i < len(varnames) {
			value.Go = t.Name + varnames[i]
		} else if name, err := names.Constant(t.Name, item.Text()); err == nil {
			value.Go = name
		} else if item.IsString() {
			b.faults.At(item, "enum value "+err.Error(), "name the constants with x-enum-varnames")
			continue
		}
		b.constant(t, value, item)
	}
}

func (b *builder) constant(t *model.Type, value *model.EnumValue, at source.Node) {
	first, taken := b.pkg.names[value.Go]
	if taken {
		place := first.what
		if first.at.OK() {
			place += " at " + first.at.Place()
		}
		b.faults.At(at, fmt.Sprintf("enum value %s is called %s in Go, and so is %s",
			source.Clip(value.Wire), value.Go, place), "tell them apart with x-enum-varnames")
		return
	}
	b.pkg.add(value.Go, "enum value "+source.Clip(value.Wire), at)
	t.Values = append(t.Values, value)
}
