package wxpay

import (
	"bytes"
	"cmp"
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// shape is how a Go type is read from JSON and written as JSON, by the rules of encoding/json.
type shape struct {
	kind    shapeKind // for reading
	writes  shapeKind // for writing
	t       reflect.Type
	elem    *shape // of a pointer, list, map or quoted value
	members []member
	byName  map[string]*member
}

type shapeKind uint8

const (
	otherShape   shapeKind = iota // left to encoding/json
	customShape                   // has UnmarshalJSON
	quotedShape                   // a scalar tagged "string"
	pointerShape                  // the others name their Go type
	stringShape
	boolShape
	intShape
	uintShape
	floatShape
	sliceShape
	mapShape
	structShape
	secretShape // written alone
	timeShape   // likewise
)

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

// of returns the field of v.
func (m *member) of(v reflect.Value) reflect.Value {
	for _, i := range m.index {
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
		if m := &s.members[i]; bytes.EqualFold([]byte(m.name), name) {
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
	secretType      = reflect.TypeFor[Secret]()
	timeType        = reflect.TypeFor[Time]()
)

func (d draft) shape(t reflect.Type) *shape {
	if s := d[t]; s != nil {
		return s
	}
	s := &shape{t: t}
	d[t] = s
	to := reflect.PointerTo(t)
	switch {
	case to.Implements(jsonUnmarshaler):
		s.kind = customShape
	case to.Implements(textUnmarshaler) || t == jsonNumber:
	default:
		d.fill(s)
	}
	switch {
	case t == secretType:
		s.writes = secretShape
	case t == timeType:
		s.writes = timeShape
	case !to.Implements(jsonMarshaler) && !to.Implements(textMarshaler):
		s.writes = s.kind
	}
	return s
}

func (d draft) fill(s *shape) {
	switch s.t.Kind() {
	case reflect.String:
		s.kind = stringShape
	case reflect.Bool:
		s.kind = boolShape
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		s.kind = intShape
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		s.kind = uintShape
	case reflect.Float32, reflect.Float64:
		s.kind = floatShape
	case reflect.Pointer:
		s.kind, s.elem = pointerShape, d.shape(s.t.Elem())
	case reflect.Slice:
		if s.t.Elem().Kind() != reflect.Uint8 { // bytes are base64
			s.kind, s.elem = sliceShape, d.shape(s.t.Elem())
		}
	case reflect.Map:
		if key := s.t.Key(); key.Kind() == reflect.String && !reflect.PointerTo(key).Implements(textUnmarshaler) {
			s.kind, s.elem = mapShape, d.shape(s.t.Elem())
		}
	case reflect.Struct:
		if members, ok := d.collect(s.t, nil); ok {
			s.kind, s.members = structShape, dominant(members)
			s.byName = make(map[string]*member, len(s.members))
			for i := range s.members {
				s.byName[s.members[i].name] = &s.members[i]
			}
		}
	}
}

// collect returns the members of t and of the structs that it embeds; ok is false where that takes more than looking.
func (d draft) collect(t reflect.Type, outer []int) (all []member, ok bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("json")
		name, flags, _ := strings.Cut(tag, ",")
		index := append(slices.Clip(outer), i)
		switch {
		case tag == "-":
		case f.Anonymous && f.Type.Kind() == reflect.Struct && name == "":
			inner, ok := d.collect(f.Type, index)
			if !ok {
				return nil, false
			}
			all = append(all, inner...)
		case f.Anonymous && (f.Type.Kind() == reflect.Pointer || !f.IsExported()):
			return nil, false
		case f.IsExported():
			m := member{name: cmp.Or(name, f.Name), index: index, tagged: name != "", shape: d.shape(f.Type)}
			m.key = append(appendText(nil, []byte(m.name)), ':')
			m.flag(flags, f.Type)
			all = append(all, m)
		}
	}
	return all, true
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
	switch scalar.kind {
	case stringShape, boolShape, intShape, uintShape, floatShape:
		return &shape{kind: quotedShape, writes: quotedShape, t: s.t, elem: s}
	}
	return s
}

// dominant leaves one member to each name: the least deep, and among equals the one that is tagged; none if that does not decide.
func dominant(all []member) []member {
	var kept []member
	for i, m := range all {
		wins := true
		for j, other := range all {
			if i == j || m.name != other.name {
				continue
			}
			deeper := len(m.index) - len(other.index)
			if deeper > 0 || deeper == 0 && (!m.tagged || other.tagged) {
				wins = false
			}
		}
		if wins {
			kept = append(kept, m)
		}
	}
	return kept
}
