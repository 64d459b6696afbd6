package wire

import (
	"encoding"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
)

// Decode reads data into out, a pointer, as encoding/json does. It names fields that do not fit,
// and reads the others. Out stays unchanged if data is not JSON.
func Decode(data []byte, out any) *Error {
	v := reflect.ValueOf(out)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return &Error{
			Fields: []Field{
				{Problem: fmt.Sprintf("goes into a %T; want a pointer that is not nil", out)},
			},
		}
	}
	d := decoder{scanner: scanner{b: data}}
	if !d.valid() {
		return &Error{Err: fmt.Errorf("%w at byte %d", ErrMalformed, d.i)}
	}
	d.i = 0
	d.value(shapeOf(v.Type().Elem()), v.Elem())
	if len(d.faults) > 0 {
		return &Error{Fields: d.faults}
	}
	return nil
}

// value reads the next value into v. Null does not change v if v cannot be nil.
func (d *decoder) value(s *shape, v reflect.Value) {
	switch c := d.peek(); {
	case s.reads == readsJSON:
		d.leaf(s, v, d.raw())
	case c == 'n':
		d.null(v)
	case s.reads == readsText:
		d.leaf(s, v, d.raw())
	case s.kind == stringShape && c == '"':
		v.SetString(string(d.text()))
	case s.kind == structShape && c == '{':
		d.object(s, v)
	case s.kind == pointerShape:
		d.pointer(s, v)
	case (s.kind == sliceShape || s.kind == bytesShape) && c == '[':
		d.list(s, v)
	case s.kind == arrayShape && c == '[':
		d.array(s, v)
	case s.kind == mapShape && c == '{':
		d.mapping(s, v)
	case s.kind == quotedShape:
		d.quoted(s, v)
	case s.kind == interfaceShape:
		d.dynamic(s, v)
	default:
		d.scalar(s, v, d.raw())
	}
}

// scalar stores raw, or notes that it does not fit.
func (d *decoder) scalar(s *shape, v reflect.Value, raw []byte) {
	if !s.set(v, raw) && !d.tolerate(s, v, raw) {
		d.misfit(s, raw)
	}
}

func (d *decoder) null(v reflect.Value) {
	d.raw()
	setNil(v)
}

// setNil stores nil, if v can be nil.
func setNil(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		if v.CanSet() { // false for an embedded pointer to an unexported type
			v.SetZero()
		}
	}
}

func (d *decoder) pointer(s *shape, v reflect.Value) {
	if d.vacant(s.elem, d.scanner) {
		d.null(v)
		return
	}
	if !v.IsNil() {
		d.value(s.elem, v.Elem())
		return
	}
	if !v.CanSet() {
		d.misfit(s, d.raw())
		return
	}
	v.Set(reflect.New(s.elem.t))
	d.value(s.elem, v.Elem())
}

func (d *decoder) object(s *shape, v reflect.Value) {
	for name := range d.names {
		m := s.named(name)
		if m == nil {
			d.raw()
			continue
		}
		d.place.Enter(m.name, -1)
		if field := m.of(v, true); field.IsValid() {
			d.value(m.shape, field)
		} else {
			d.misfit(m.shape, d.raw())
		}
		d.place.Leave()
	}
}

// names visits the members of an object. The loop body reads the value of each.
func (d *decoder) names(yield func(name []byte) bool) {
	for d.i++; !d.next('}'); {
		d.next(',')
		d.peek()
		name := d.text()
		d.next(':')
		yield(name) // always true: no caller leaves an object before its end
	}
}

func (d *decoder) list(s *shape, v reflect.Value) {
	v.Set(reflect.MakeSlice(s.t, 0, 0))
	n := 0
	for d.i++; !d.next(']'); n++ {
		d.next(',')
		v.Grow(1)
		v.SetLen(n + 1)
		d.item(s.elem, v.Index(n), n)
	}
}

// array drops surplus elements, and clears missing ones.
func (d *decoder) array(s *shape, v reflect.Value) {
	n := 0
	for d.i++; !d.next(']'); n++ {
		if d.next(','); n < v.Len() {
			d.item(s.elem, v.Index(n), n)
		} else {
			d.raw()
		}
	}
	for ; n < v.Len(); n++ {
		v.Index(n).SetZero()
	}
}

func (d *decoder) item(s *shape, v reflect.Value, n int) {
	d.place.Enter("", n)
	d.value(s, v)
	d.place.Leave()
}

func (d *decoder) mapping(s *shape, v reflect.Value) {
	if k := s.t.Key(); keyKind(k) == noShape && !reflect.PointerTo(k).Implements(textUnmarshaler) {
		d.misfit(s, d.raw())
		return
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(s.t))
	}
	for name := range d.names {
		key := reflect.New(s.t.Key()).Elem()
		ok := setKey(key, name)
		elem := reflect.New(s.elem.t).Elem()
		d.place.Enter("*", -1) // errors do not show the name, which the sender chose
		if d.value(s.elem, elem); !ok {
			d.fault("", "its name is no "+s.t.Key().String())
		} else {
			v.SetMapIndex(key, elem)
		}
		d.place.Leave()
	}
}

func setKey(key reflect.Value, name []byte) bool {
	if u, ok := key.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return u.UnmarshalText(name) == nil
	}
	switch keyKind(key.Type()) {
	case stringShape:
		key.SetString(string(name))
		return true
	case intShape:
		n, err := strconv.ParseInt(string(name), 10, key.Type().Bits())
		key.SetInt(n)
		return err == nil
	}
	n, err := strconv.ParseUint(string(name), 10, key.Type().Bits())
	key.SetUint(n)
	return err == nil
}

// maxHops bounds the interfaces that are followed through pointers to each other: they may form a
// ring.
const maxHops = 100

// dynamic reads into the pointer that an interface holds, or else makes values of the types that
// stand for JSON.
func (d *decoder) dynamic(s *shape, v reflect.Value) {
	if held := v.Elem(); held.Kind() == reflect.Pointer && !held.IsNil() && d.hops < maxHops {
		d.hops++
		d.value(shapeOf(held.Type().Elem()), held.Elem())
		d.hops--
		return
	}
	if !anyType.Implements(s.t) { // an interface with methods
		d.misfit(s, d.raw())
		return
	}
	if value := d.any(); value != nil { // nil for a number that does not fit
		v.Set(reflect.ValueOf(value))
	}
}

// any returns a map, list, string, float64, boolean or nil.
func (d *decoder) any() any {
	switch d.peek() {
	case '{':
		object := make(map[string]any)
		for name := range d.names {
			key := string(name)
			d.place.Enter("*", -1)
			object[key] = d.any()
			d.place.Leave()
		}
		return object
	case '[':
		list := make([]any, 0)
		for d.i++; !d.next(']'); {
			d.next(',')
			d.place.Enter("", len(list))
			list = append(list, d.any())
			d.place.Leave()
		}
		return list
	case '"':
		return string(d.text())
	}
	switch raw := d.raw(); raw[0] {
	case 'n':
		return nil
	case 't', 'f':
		return raw[0] == 't'
	default:
		n, err := strconv.ParseFloat(string(raw), 64)
		if err != nil {
			d.fault("", "want a number that a float64 can hold")
			return nil
		}
		return n
	}
}

// quoted reads a scalar inside a string, or without the quotes. Null may stand inside the string or
// instead of it.
func (d *decoder) quoted(s *shape, v reflect.Value) {
	raw := d.raw()
	text, ok := Unquote(raw)
	if !ok {
		text = raw
	}
	scalar, absent := s.elem, len(text) == 0 || string(text) == "null"
	if scalar.kind == pointerShape {
		if absent {
			v.SetZero()
			return
		}
		if scalar = scalar.elem; v.IsNil() {
			v.Set(reflect.New(scalar.t))
		}
		v = v.Elem()
	}
	switch {
	case scalar.reads != readsPlainly:
		d.leaf(scalar, v, text)
	case !absent && !scalar.set(v, text) && !(isJSON(text) && d.tolerate(scalar, v, text)):
		d.misfit(s, raw)
	}
}

// set stores a scalar, if raw is of the shape's kind.
func (s *shape) set(v reflect.Value, raw []byte) bool {
	switch s.kind {
	case boolShape:
		if string(raw) == "true" || string(raw) == "false" {
			v.SetBool(raw[0] == 't')
			return true
		}
	case stringShape:
		if text, ok := Unquote(raw); ok {
			v.SetString(string(text))
			return true
		}
	case numberShape:
		text, ok := Unquote(raw)
		if !ok {
			text = raw
		}
		if IsNumber(text) {
			v.SetString(string(text))
			return true
		}
	case intShape:
		if n, err := strconv.ParseInt(number(raw), 10, s.t.Bits()); err == nil {
			v.SetInt(n)
			return true
		}
	case uintShape:
		if n, err := strconv.ParseUint(number(raw), 10, s.t.Bits()); err == nil {
			v.SetUint(n)
			return true
		}
	case floatShape:
		if n, err := strconv.ParseFloat(number(raw), s.t.Bits()); err == nil {
			v.SetFloat(n)
			return true
		}
	case bytesShape:
		text, ok := Unquote(raw)
		if b, err := base64.StdEncoding.AppendDecode([]byte{}, text); ok && err == nil {
			v.SetBytes(b)
			return true
		}
	}
	return false
}

// number returns raw if it is a JSON number; package strconv is less strict.
func number(raw []byte) string {
	if len(raw) == 0 || raw[0] != '-' && (raw[0] < '0' || raw[0] > '9') {
		return ""
	}
	return string(raw)
}

func IsNumber(b []byte) bool {
	s := scanner{b: b}
	return s.skipNumber() && s.i == len(b)
}

// leaf has v's own method read raw.
func (d *decoder) leaf(s *shape, v reflect.Value, raw []byte) {
	if s.reads == readsText {
		d.readText(s, v, raw)
		return
	}
	err := v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(raw)
	if err == nil || string(raw) == `""` {
		return
	}
	// JSON in a string: the faults' places are below this one
	if inner, ok := errors.AsType[*Error](err); ok && len(inner.Fields) > 0 {
		for _, f := range inner.Fields {
			d.fault(f.Path, f.Problem)
		}
		return
	}
	want, known := errors.AsType[WantError](err)
	switch {
	case known:
		d.fault("", want.Error())
	case errors.Is(err, ErrMalformed):
		d.fault("", "the string holds "+ErrMalformed.Error())
	default:
		d.misfit(s, raw)
	}
}

// readText passes a number or a boolean as text. If v refuses an empty text, that counts as absent.
func (d *decoder) readText(s *shape, v reflect.Value, raw []byte) {
	text, ok := Unquote(raw)
	if !ok && isScalar(raw) {
		text, ok = raw, true
	}
	if (!ok || v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(text) != nil) &&
		string(raw) != `""` {
		d.misfit(s, raw)
	}
}
