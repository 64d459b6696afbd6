package load

import (
	"fmt"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/names"
)

// maxInline bounds how deep objects may be written inside each other: each level makes the names of its types longer.
const maxInline = 24

// place is where a schema stands, for the names of types that it declares.
type place struct {
	owner  *model.Type // the type whose field it is; nil if none
	name   string      // what an object or enum is called if the schema has no name of its own
	what   string      // "property amount"
	field  bool        // a property itself: x-go-name there names the field, and the type after it
	shared bool        // part of a component, so shared by all that use that
	depth  int
}

// isStruct reports whether a schema, $refs followed, makes a Go struct.
func (b *builder) isStruct(v view) bool { return typeOf(v) == "object" && v.has("properties") }

// ref makes the use of a type. It returns nil where check has reported a fault.
func (b *builder) ref(v view, p place) *model.TypeRef {
	t := b.set.follow(v, schemas)
	switch {
	case !t.isMap():
		return nil
	case t.name != "":
		return b.component(t, false)
	}
	return b.inline(t.view, p)
}

// component makes the type of a component, once.
func (b *builder) component(t target, inString bool) *model.TypeRef {
	key := compKey{t.n, inString}
	if c, ok := b.comps[key]; ok {
		if c.ref == nil {
			b.faults.at(t.view, fmt.Sprintf("schema %s contains itself", c.name), "let it do so in a property")
			return nil
		}
		use := *c.ref
		return &use
	}
	c := &component{name: t.name}
	b.comps[key] = c
	what := "schema " + t.name
	name := b.goName(t.view, what, t.name, t.view)
	if inString {
		name += "JSON"
	}
	p := place{name: name, what: what, shared: true}
	if typ := b.namedType(t.view, p, inString); typ != nil {
		b.shared = append(b.shared, typ)
		c.ref = limited(&model.TypeRef{Base: model.Named, Ref: typ}, t.view)
		b.complete(typ, t.view, 0, what)
	} else {
		p.name += "Item"
		if c.ref = b.inline(t.view, p); c.ref == nil {
			return nil
		}
	}
	use := *c.ref
	return &use
}

// inline makes the type of a schema that stands where it is used.
func (b *builder) inline(v view, p place) *model.TypeRef {
	if p.depth > maxInline {
		b.faults.at(v, fmt.Sprintf("%s: objects nested deeper than %d levels", p.what, maxInline), "make one of them a component and $ref to it")
		return nil
	}
	if own := v.get("x-go-name"); own.ok() && !p.field {
		p.name = own.text()
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

// namedType returns the type that a schema declares, without its fields; nil if Go has a type for it already.
func (b *builder) namedType(v view, p place, inString bool) *model.Type {
	t := &model.Type{Name: p.name, Doc: prose(v.get("description"))}
	switch typeOf(v) {
	case "object":
		if !v.has("properties") {
			return nil
		}
		t.Kind, t.InString = model.Struct, inString
	case "string":
		switch s := b.set.follow(v.get("contentSchema"), schemas); {
		case b.isStruct(s.view) && s.name == "":
			t.Kind, t.InString = model.Struct, true
		case typeOf(s.view) == "array" && s.name == "":
			t.Kind, t.InString = model.Slice, true
		case v.has("enum"):
			t.Kind, t.Base = model.Enum, "string"
		default:
			return nil
		}
	case "integer":
		if !v.has("x-enum-varnames") {
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

// declare takes the name of a type.
func (b *builder) declare(t *model.Type, what string, at view) {
	b.order = append(b.order, t)
	b.pkg.add(t.Name, what, at)
}

// complete gives a type its fields or values. It comes after the type is known by name, for types that hold themselves.
func (b *builder) complete(t *model.Type, v view, depth int, what string) {
	if t.InString && typeOf(v) == "string" {
		v = b.set.follow(v.get("contentSchema"), schemas).view
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
		t.Elem = b.ref(v.get("items"), place{owner: t, name: t.Name + "Item", what: "items of " + what, depth: depth + 1})
		if t.Elem == nil {
			t.Elem = &model.TypeRef{Base: model.Raw}
		}
	case model.Enum:
		b.values(t, v)
	}
}

// plain makes the types that Go and the runtime have already.
func (b *builder) plain(v view, p place) *model.TypeRef {
	switch typeOf(v) {
	case "string":
		return b.text(v, p)
	case "integer":
		return &model.TypeRef{Base: model.Int}
	case "number":
		return &model.TypeRef{Base: model.Float}
	case "boolean":
		return &model.TypeRef{Base: model.Bool}
	case "array":
		return b.wrap(model.List, v.get("items"), p, "items of ")
	case "object":
		if v.has("additionalProperties") {
			return b.wrap(model.Map, v.get("additionalProperties"), p, "values of ")
		}
	}
	return &model.TypeRef{Base: model.Raw}
}

// wrap makes a list or map. What it holds is called as the list itself would be: list, of inline objects, makes
// <parent>List, whether it reads well or not; x-go-name at the items says better.
func (b *builder) wrap(base model.Base, elem view, p place, what string) *model.TypeRef {
	p.what, p.field = what+p.what, false
	p.depth++
	e := b.ref(elem, p)
	if e == nil {
		return nil
	}
	if e.Base == model.File || base == model.Map && (e.Base == model.Secret || e.Base == model.Map) || e.Base == model.List && e.Elem.Base == model.Secret {
		b.faults.at(elem, p.what+" cannot be files or sensitive strings", "write an array of objects that hold them")
		return nil
	}
	return &model.TypeRef{Base: base, Elem: e}
}

// text makes the type of a string.
func (b *builder) text(v view, p place) *model.TypeRef {
	switch {
	case v.is("x-wxpay-sensitive"):
		return &model.TypeRef{Base: model.Secret}
	case v.get("format").text() == "date-time":
		return &model.TypeRef{Base: model.Time}
	case v.get("format").text() == "binary":
		return &model.TypeRef{Base: model.File}
	}
	if k, s := v.entry("contentSchema"); k.ok() {
		t := b.set.follow(s, schemas)
		if b.isStruct(t.view) || typeOf(t.view) == "array" {
			return b.component(t, true)
		}
		b.faults.at(k, p.what+": contentSchema is neither an object with properties nor an array", "remove it: the caller reads the string")
	}
	return &model.TypeRef{Base: model.String}
}

// properties makes a struct's fields.
func (b *builder) properties(t *model.Type, v view, fields *scope, depth int) {
	required, first := map[string]bool{}, len(t.Fields)
	for _, name := range v.get("required").texts() {
		required[name] = true
	}
	for k, p := range v.get("properties").entries() {
		b.property(t, k, p, required[k.text()], fields, depth)
	}
	choices(t, t.Fields[first:], choicesOf(v, choiceKeys))
}

func (b *builder) property(t *model.Type, k, p view, required bool, fields *scope, depth int) {
	what := "property " + k.text()
	name := b.goName(p, what, k.text(), k)
	if name == "" || !fields.add(name, what, k) {
		return
	}
	f := &model.Field{Wire: k.text(), Go: name, Required: required}
	f.Type = b.ref(p, place{owner: t, name: t.Name + name, what: what, field: true, depth: depth})
	if f.Type == nil {
		return
	}
	b.field(t, f, prop{key: k, wire: k.text(), pointer: p.get("x-go-pointer"), file: b.set.follow(p, schemas).get("x-wxpay-file")}, p, prose(p.get("description")))
}

// field adds a field to a struct, with what all fields take from their schema.
func (b *builder) field(t *model.Type, f *model.Field, p prop, schema view, doc string) {
	s := b.set.follow(schema, schemas)
	f.Doc = doc
	if f.Doc == "" {
		f.Doc = prose(schema.get("description"))
	}
	if f.Doc == "" {
		f.Doc = prose(s.get("description"))
	}
	if f.Type.Base == model.Int {
		f.Doc = withValues(f.Doc, s.view)
	}
	f.OmitZero = !f.Required
	f.Deprecated = f.Deprecated || schema.is("deprecated") || s.is("deprecated")
	f.Format = s.get("format").text()
	f.Sensitive = sensitive(f.Type)
	if f.Required {
		f.MinItems = count(s.view, "minItems")
	}
	if f.Example == nil {
		f.Example = schemaExample(schema)
	}
	if f.Example == nil {
		f.Example = schemaExample(s.view)
	}
	b.fields[f] = p
	t.Fields = append(t.Fields, f)
}

func sensitive(t *model.TypeRef) bool {
	return t.Base == model.Secret || t.Base == model.List && t.Elem.Base == model.Secret
}

// values makes an enum's constants.
func (b *builder) values(t *model.Type, v view) {
	varnames, labels := v.get("x-enum-varnames").texts(), v.get("x-enum-descriptions").texts()
	seen := map[string]bool{}
	for i, item := range v.get("enum").items() {
		if seen[item.text()] {
			continue // check has reported it
		}
		seen[item.text()] = true
		value := &model.EnumValue{Wire: item.text()}
		if i < len(labels) {
			value.Doc = labels[i]
		}
		if i < len(varnames) {
			value.Go = t.Name + varnames[i]
		} else if name, err := names.Constant(t.Name, item.text()); err == nil {
			value.Go = name
		} else if item.isString() {
			b.faults.at(item, "enum value "+err.Error(), "name the constants with x-enum-varnames")
			continue
		}
		b.constant(t, value, item)
	}
}

func (b *builder) constant(t *model.Type, value *model.EnumValue, at view) {
	first, taken := b.pkg.names[value.Go]
	if taken {
		place := first.what
		if first.at.ok() {
			place += " at " + first.at.place()
		}
		b.faults.at(at, fmt.Sprintf("enum value %s is called %s in Go, and so is %s", clip(value.Wire), value.Go, place), "tell them apart with x-enum-varnames")
		return
	}
	b.pkg.add(value.Go, "enum value "+clip(value.Wire), at)
	t.Values = append(t.Values, value)
}
