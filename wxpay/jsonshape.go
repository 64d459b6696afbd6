package wxpay

import (
	"cmp"
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// The codec reads and writes JSON by the rules of encoding/json, faster, with every fault that a reply has, and without the
// 200 KB that encoding/json adds to a program. Of that package it uses the interfaces alone, which link nothing.

// shape is what the codec knows of a Go type.
type shape struct {
	t       reflect.Type
	kind    shapeKind
	reads   method // of a pointer to t
	asJSON  method // MarshalJSON
	asText  method // MarshalText
	elem    *shape // of a pointer, list, map or quoted value
	members []member
	byName  map[string]*member
}

type shapeKind uint8

const (
	noShape shapeKind = iota // no JSON stands for it
	stringShape
	numberShape // json.Number
	boolShape
	intShape
	uintShape
	floatShape
	quotedShape // one of the above, tagged "string"
	pointerShape
	bytesShape
	sliceShape
	arrayShape
	mapShape
	structShape
	interfaceShape
)

// method is how a type that encodes or decodes itself does it.
type method uint8

const (
	noMethod      method = iota
	pointerMethod        // of writing: only a value with an address has it
	valueMethod
	jsonMethod // of reading
	textMethod // likewise
)

// applies reports whether a method of writing can be called.
func (m method) applies(v reflect.Value) bool {
	return m == valueMethod || m == pointerMethod && v.CanAddr()
}

// member is a field of a struct, perhaps of one that it embeds.
type member struct {
	name   string
	key    []byte // as it is written: the name in quotes, and a colon
	index  []int
	tagged bool // the name is from a tag
	shape  *shape

	omitEmpty, omitZero bool
	asksZero            bool // for omitZero: the type has IsZero
}

// of returns the field of v, with nil pointers on the way to it filled if fill is true. Where that may not be, or a pointer stays
// nil, it returns the zero Value.
func (m *member) of(v reflect.Value, fill bool) reflect.Value {
	if len(m.index) == 1 {
		return v.Field(m.index[0])
	}
	return m.embedded(v, fill)
}

func (m *member) embedded(v reflect.Value, fill bool) reflect.Value {
	for n, i := range m.index {
		if n > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !fill || !v.CanSet() {
					return reflect.Value{}
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}

// named finds a member as encoding/json does: by its exact name, else in any case.
func (s *shape) named(name []byte) *member {
	if m := s.byName[string(name)]; m != nil {
		return m
	}
	for i := range s.members {
		if m := &s.members[i]; strings.EqualFold(m.name, string(name)) {
			return m
		}
	}
	return nil
}

// shapes remembers the shape of every type that was asked for, and of those in it, for the life of the program.
var shapes sync.Map // from reflect.Type to *shape

func shapeOf(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		return s.(*shape)
	}
	d := draft{}
	s := d.shape(t)
	for t, s := range d { // only now is none of them half made
		shapes.Store(t, s)
	}
	return s
}

// draft holds the shapes that are being made, so that types may refer to themselves.
type draft map[reflect.Type]*shape

var (
	jsonUnmarshaler = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
	jsonMarshaler   = reflect.TypeFor[json.Marshaler]()
	textMarshaler   = reflect.TypeFor[encoding.TextMarshaler]()
	zeroAsker       = reflect.TypeFor[zeroer]()
	jsonNumber      = reflect.TypeFor[json.Number]()
	anyType         = reflect.TypeFor[any]()
)

func (d draft) shape(t reflect.Type) *shape {
	if s := d[t]; s != nil {
		return s
	}
	s := &shape{t: t}
	d[t] = s
	if t.Kind() != reflect.Pointer && t.Kind() != reflect.Interface { // what they refer to is asked instead
		s.asJSON, s.asText = writing(t, jsonMarshaler), writing(t, textMarshaler)
		switch to := reflect.PointerTo(t); {
		case to.Implements(jsonUnmarshaler):
			s.reads = jsonMethod
		case to.Implements(textUnmarshaler):
			s.reads = textMethod
		}
	}
	d.fill(s)
	return s
}

func writing(t, marshaler reflect.Type) method {
	switch {
	case t.Implements(marshaler):
		return valueMethod
	case reflect.PointerTo(t).Implements(marshaler):
		return pointerMethod
	}
	return noMethod
}

func (d draft) fill(s *shape) {
	switch t := s.t; t.Kind() {
	case reflect.String:
		if s.kind = stringShape; t == jsonNumber {
			s.kind = numberShape
		}
	case reflect.Bool:
		s.kind = boolShape
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		s.kind = intShape
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		s.kind = uintShape
	case reflect.Float32, reflect.Float64:
		s.kind = floatShape
	case reflect.Pointer:
		s.kind, s.elem = pointerShape, d.shape(t.Elem())
	case reflect.Slice:
		if s.kind, s.elem = sliceShape, d.shape(t.Elem()); t.Elem().Kind() == reflect.Uint8 {
			s.kind = bytesShape
		}
	case reflect.Array:
		s.kind, s.elem = arrayShape, d.shape(t.Elem())
	case reflect.Map:
		if keyKind(t.Key()) != noShape {
			s.kind, s.elem = mapShape, d.shape(t.Elem())
		}
	case reflect.Interface:
		s.kind = interfaceShape
	case reflect.Struct:
		s.kind = structShape
		s.members = dominant(d.collect(t, nil, nil))
		s.byName = make(map[string]*member, len(s.members))
		for i := range s.members {
			s.byName[s.members[i].name] = &s.members[i]
		}
	}
}

// keyKind tells strings, integers and keys that are texts by methods apart; noShape for others, which JSON has not.
func keyKind(t reflect.Type) shapeKind {
	switch t.Kind() {
	case reflect.String:
		return stringShape
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return intShape
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return uintShape
	}
	if t.Implements(textMarshaler) || reflect.PointerTo(t).Implements(textUnmarshaler) {
		return interfaceShape
	}
	return noShape
}

// collect returns the members of t and of the structs that it embeds. Within are those that embed t.
func (d draft) collect(t reflect.Type, outer []int, within []reflect.Type) (all []member) {
	if slices.Contains(within, t) {
		return nil
	}
	within = append(slices.Clip(within), t)
	for i := range t.NumField() {
		f := t.Field(i)
		to := f.Type // what an embedded pointer points to
		if f.Type.Kind() == reflect.Pointer && f.Type.Name() == "" {
			to = f.Type.Elem()
		}
		tag := f.Tag.Get("json")
		name, flags, _ := strings.Cut(tag, ",")
		if strings.ContainsAny(name, "\"'`\\") {
			name = ""
		}
		index := append(slices.Clip(outer), i)
		switch {
		case tag == "-" || !f.IsExported() && !(f.Anonymous && to.Kind() == reflect.Struct):
		case f.Anonymous && to.Kind() == reflect.Struct && name == "":
			all = append(all, d.collect(to, index, within)...)
		default:
			m := member{name: cmp.Or(name, f.Name), index: index, tagged: name != "", shape: d.shape(f.Type)}
			m.key = append(appendText(nil, []byte(m.name)), ':')
			m.flag(flags, f.Type)
			all = append(all, m)
		}
	}
	return all
}

// flag applies what stands behind the name in a tag.
func (m *member) flag(flags string, t reflect.Type) {
	for flag := range strings.SplitSeq(flags, ",") {
		switch flag {
		case "omitempty":
			m.omitEmpty = true
		case "omitzero":
			m.omitZero, m.asksZero = true, t.Implements(zeroAsker) || reflect.PointerTo(t).Implements(zeroAsker)
		case "string":
			m.shape = quoted(m.shape)
		}
	}
}

// quoted wraps the shape of a scalar.
func quoted(s *shape) *shape {
	scalar := s
	if s.kind == pointerShape {
		scalar = s.elem
	}
	if noShape < scalar.kind && scalar.kind < quotedShape && scalar.asJSON|scalar.asText|scalar.reads == noMethod {
		return &shape{kind: quotedShape, t: s.t, elem: s}
	}
	return s
}

// dominant leaves one member to each name: the least deep, and among equals the one that is tagged; none if that does not decide.
func dominant(all []member) []member {
	return slices.DeleteFunc(slices.Clone(all), func(m member) bool {
		return slices.ContainsFunc(all, func(other member) bool {
			deeper := cmp.Compare(len(m.index), len(other.index))
			return m.name == other.name && !slices.Equal(m.index, other.index) &&
				(deeper > 0 || deeper == 0 && (!m.tagged || other.tagged))
		})
	})
}
