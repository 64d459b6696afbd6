package wxpay

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Reasons for a [*DecodeError] that concerns the whole body.
var (
	// ErrEmptyBody says that a reply that should have content has none.
	ErrEmptyBody = errors.New("empty body")
	// ErrMalformedJSON says that the body is not JSON.
	ErrMalformedJSON = errors.New("malformed JSON")
)

// DecodeError says that a reply, though verified, does not decode in whole. What happened at WeChat Pay did happen; the result
// holds every field that is not listed here.
type DecodeError struct {
	Operation string
	RequestID string
	Serial    string       // of the key that signed the reply; empty if none did
	Fields    []FieldError // in the order of the type
	Err       error        // ErrEmptyBody or ErrMalformedJSON, if there is no field to name
}

// FieldError is one field that does not decode, or does not decrypt.
type FieldError struct {
	Path    string // on the wire, as "amount.total"; "" for the body as a whole
	Problem string // as "want an integer, got a string"; never the value
}

// String returns "path: problem".
func (f FieldError) String() string {
	if f.Path == "" {
		return "body: " + f.Problem
	}
	return f.Path + ": " + f.Problem
}

// Error names operation, every field with its problem, and request id.
func (e *DecodeError) Error() string {
	var b strings.Builder
	b.WriteString("wxpay: ")
	if e.Operation != "" {
		b.WriteString(e.Operation + ": ")
	}
	b.WriteString("reply does not decode")
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	for i, f := range e.Fields {
		if i > 0 {
			b.WriteByte(';')
		} else {
			b.WriteByte(':')
		}
		b.WriteString(" " + f.String())
	}
	if e.Serial != "" {
		fmt.Fprintf(&b, " (serial %.64q)", e.Serial)
	}
	if e.RequestID != "" {
		b.WriteString(" (request id " + oneLine(e.RequestID) + ")")
	}
	return b.String()
}

// Unwrap returns ErrEmptyBody, ErrMalformedJSON or nil.
func (e *DecodeError) Unwrap() error { return e.Err }

// wantError is a decoding fault whose text is free of values, so that it may be shown.
type wantError string

func (e wantError) Error() string { return "want " + string(e) }

// decode reads data into out, a pointer, as encoding/json does; but a field that does not fit costs no other, and is named. Out
// stays as it was if data is no JSON.
func decode(data []byte, out any) *DecodeError {
	d := decoder{scanner: scanner{b: data}}
	if !d.valid() {
		return &DecodeError{Err: fmt.Errorf("%w at byte %d", ErrMalformedJSON, d.i)}
	}
	d.i = 0
	v := reflect.ValueOf(out).Elem()
	d.value(shapeOf(v.Type()), v)
	if len(d.faults) > 0 {
		return &DecodeError{Fields: d.faults}
	}
	return nil
}

// decoder reads valid JSON into Go values.
type decoder struct {
	scanner
	place  place
	faults []FieldError
}

// maxFaults keeps a long list of the wrong kind from making an error longer than itself.
const maxFaults = 50

// value reads what comes next into v. Null leaves a v alone that cannot be nil.
func (d *decoder) value(s *shape, v reflect.Value) {
	switch c := d.peek(); {
	case s.kind == otherShape || s.kind == customShape:
		d.leaf(s, v)
	case c == 'n':
		switch d.raw(); v.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			v.SetZero()
		}
	case s.kind == pointerShape:
		if v.IsNil() {
			v.Set(reflect.New(s.elem.t))
		}
		d.value(s.elem, v.Elem())
	case s.kind == structShape && c == '{':
		d.object(s, v)
	case s.kind == sliceShape && c == '[':
		d.list(s, v)
	case s.kind == mapShape && c == '{':
		d.mapping(s, v)
	case s.kind == stringShape && c == '"':
		v.SetString(string(d.text()))
	case s.kind == quotedShape:
		d.quoted(s, v)
	default:
		d.scalar(s, v)
	}
}

func (d *decoder) object(s *shape, v reflect.Value) {
	for d.i++; !d.next('}'); {
		d.next(',')
		d.peek()
		m := s.named(d.text())
		d.next(':')
		if m == nil {
			d.raw()
			continue
		}
		d.place.enter(m.name, -1)
		d.value(m.shape, m.of(v))
		d.place.leave()
	}
}

func (d *decoder) list(s *shape, v reflect.Value) {
	v.Set(reflect.MakeSlice(s.t, 0, 0))
	n := 0
	for d.i++; !d.next(']'); n++ {
		d.next(',')
		v.Grow(1)
		v.SetLen(n + 1)
		d.place.enter("", n)
		d.value(s.elem, v.Index(n))
		d.place.leave()
	}
}

func (d *decoder) mapping(s *shape, v reflect.Value) {
	if v.IsNil() {
		v.Set(reflect.MakeMap(s.t))
	}
	for d.i++; !d.next('}'); {
		d.next(',')
		d.peek()
		key := reflect.ValueOf(string(d.text())).Convert(s.t.Key())
		d.next(':')
		elem := reflect.New(s.elem.t).Elem()
		d.place.enter("*", -1) // the key is content that the sender chose, so it is not named
		d.value(s.elem, elem)
		d.place.leave()
		v.SetMapIndex(key, elem)
	}
}

// scalar reads a number or a boolean. Whatever does not fit ends here, too.
func (d *decoder) scalar(s *shape, v reflect.Value) {
	if raw := d.raw(); !s.set(v, raw) {
		d.misfit(s, raw)
	}
}

// quoted reads a scalar out of a string. Null is fit for both, the string and what it holds.
func (d *decoder) quoted(s *shape, v reflect.Value) {
	raw := d.raw()
	text, ok := unquote(raw)
	scalar := s.elem
	if scalar.kind == pointerShape {
		if scalar = scalar.elem; string(text) == "null" {
			v.SetZero()
			return
		}
		v.Set(reflect.New(scalar.t))
		v = v.Elem()
	}
	if !ok || string(text) != "null" && !scalar.set(v, text) {
		d.misfit(s, raw)
	}
}

// set stores a boolean, a number or a string, if raw is what v is for.
func (s *shape) set(v reflect.Value, raw []byte) bool {
	switch s.kind {
	case boolShape:
		if string(raw) == "true" || string(raw) == "false" {
			v.SetBool(raw[0] == 't')
			return true
		}
	case stringShape:
		if text, ok := unquote(raw); ok {
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
	}
	return false
}

// number returns raw if it begins as numbers do in JSON; package strconv is less strict.
func number(raw []byte) string {
	if len(raw) == 0 || raw[0] != '-' && (raw[0] < '0' || raw[0] > '9') {
		return ""
	}
	return string(raw)
}

// leaf has others read what comes next.
func (d *decoder) leaf(s *shape, v reflect.Value) {
	raw := d.raw()
	var err error
	if s.kind == customShape {
		err = v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(raw)
	} else {
		err = json.Unmarshal(raw, v.Addr().Interface())
	}
	if err == nil {
		return
	}
	if inner, ok := errors.AsType[*DecodeError](err); ok && len(inner.Fields) > 0 { // JSON in a string: its faults lie below this place
		for _, f := range inner.Fields {
			d.fault(f.Path, f.Problem)
		}
		return
	}
	want, known := errors.AsType[wantError](err)
	switch {
	case known:
		d.fault("", want.Error())
	case errors.Is(err, ErrMalformedJSON):
		d.fault("", "the string holds "+ErrMalformedJSON.Error())
	default:
		d.misfit(s, raw)
	}
}

func (d *decoder) misfit(s *shape, raw []byte) {
	d.fault("", "want "+goKind(s.t)+", got "+jsonKind(raw))
}

// fault notes a problem at a path below the present place.
func (d *decoder) fault(path, problem string) {
	if len(d.faults) < maxFaults {
		d.faults = append(d.faults, FieldError{Path: joinPath(d.place.String(), path), Problem: problem})
	}
}

func joinPath(path, below string) string {
	if path == "" || below == "" || below[0] == '[' {
		return path + below
	}
	return path + "." + below
}

// jsonKind names the kind of a JSON value.
func jsonKind(raw []byte) string {
	if len(raw) == 0 {
		return "nothing"
	}
	switch c := raw[0]; {
	case c == '{':
		return "an object"
	case c == '[':
		return "an array"
	case c == '"':
		return "a string"
	case c == 't' || c == 'f':
		return "a boolean"
	case c == 'n':
		return "null"
	}
	return "a number"
}

// goKind names the JSON that a Go type is read from.
func goKind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "an integer"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "a boolean"
	case reflect.Slice, reflect.Array:
		return "an array"
	case reflect.Pointer:
		return goKind(t.Elem())
	}
	return "an object"
}
