package wire

import (
	"bytes"
	"cmp"
	"encoding"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"sort"
	"strconv"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/internal/fault"
)

// maxWriteDepth bounds the nesting of values, pointers included: a value that contains itself would
// never end.
const maxWriteDepth = 2 * maxJSONDepth

// Writer writes values, and notes with which platform keys their Secrets were sealed. The zero
// value is ready.
type Writer struct {
	Serial string // of the first key
	Mixed  bool   // there are several keys
	depth  int
}

// Append appends v as encoding/json writes it, with three differences: it does not escape <, > and
// &, which WeChat Pay signs and compares; it writes nil lists and maps as empty ones, since WeChat
// Pay refuses null; and it refuses text that is not UTF-8. If it fails, b holds some of v behind
// its length.
func Append(b []byte, v any) ([]byte, error) { return new(Writer).Append(b, v) }

// Append is the function Append, and collects serials.
func (w *Writer) Append(b []byte, v any) ([]byte, error) {
	return w.appendDynamic(b, reflect.ValueOf(v))
}

// appendDynamic appends a value whose type is known at run time only.
func (w *Writer) appendDynamic(b []byte, v reflect.Value) ([]byte, error) {
	if !v.IsValid() {
		return append(b, Null...), nil
	}
	return w.appendValue(b, shapeOf(v.Type()), v)
}

func (w *Writer) appendValue(b []byte, s *shape, v reflect.Value) ([]byte, error) {
	if w.depth++; w.depth > maxWriteDepth {
		return nil, errors.New("a value contains itself, or is nested too deep")
	}
	b, err := w.appendShape(b, s, v)
	w.depth--
	return b, err
}

func (w *Writer) appendShape(b []byte, s *shape, v reflect.Value) ([]byte, error) {
	if s.asJSON|s.asText != nobodyWrites && (s.asJSON.applies(v) || s.asText.applies(v)) {
		return w.appendMarshaled(b, s, v)
	}
	switch s.kind {
	case stringShape:
		return appendChecked(b, []byte(v.String()))
	case numberShape:
		return appendNumber(b, cmp.Or(v.String(), "0"))
	case boolShape:
		return strconv.AppendBool(b, v.Bool()), nil
	case intShape:
		return strconv.AppendInt(b, v.Int(), 10), nil
	case uintShape:
		return strconv.AppendUint(b, v.Uint(), 10), nil
	case floatShape:
		return appendFloat(b, v.Float(), s.t.Bits())
	case quotedShape:
		return w.appendQuoted(b, s, v)
	case arrayShape:
		return w.appendList(b, s, v)
	case structShape:
		return w.appendObject(b, s, v)
	case noShape:
		return nil, fmt.Errorf("JSON has nothing for type %v", s.t)
	}
	switch s.kind {
	case pointerShape:
		if v.IsNil() {
			return append(b, Null...), nil
		}
		return w.appendValue(b, s.elem, v.Elem())
	case interfaceShape:
		return w.appendDynamic(b, v.Elem()) // null if it holds nothing
	case mapShape:
		return w.appendMap(b, s, v)
	case bytesShape:
		if s.elem.asJSON|s.elem.asText == nobodyWrites {
			return append(base64.StdEncoding.AppendEncode(append(b, '"'), v.Bytes()), '"'), nil
		}
	}
	return w.appendList(b, s, v)
}

// appendMarshaled appends the output of v's own method.
func (w *Writer) appendMarshaled(b []byte, s *shape, v reflect.Value) ([]byte, error) {
	asJSON := s.asJSON.applies(v)
	if s.sealed {
		return w.appendSealed(b, v.Interface().(Sealed))
	}
	if v.CanAddr() {
		v = v.Addr()
	}
	if asJSON {
		text, err := v.Interface().(json.Marshaler).MarshalJSON()
		if placed, ok := err.(*fault.Placed); ok { // of JSON in a string
			return nil, placed
		}
		if err != nil {
			return nil, &marshalError{s.t, err}
		}
		return appendCompact(b, text)
	}
	text, err := v.Interface().(encoding.TextMarshaler).MarshalText()
	if err != nil {
		return nil, &marshalError{s.t, err}
	}
	return appendChecked(b, text)
}

func (w *Writer) appendSealed(b []byte, v Sealed) ([]byte, error) {
	serial := v.Serial()
	w.Mixed = w.Mixed || serial != "" && w.Serial != "" && serial != w.Serial
	w.Serial = cmp.Or(w.Serial, serial)
	text, err := v.MarshalText()
	if err != nil {
		return nil, err
	}
	return appendChecked(b, text)
}

// marshalError hides the text of a foreign error, which may quote the value.
type marshalError struct {
	t   reflect.Type
	err error
}

func (e *marshalError) Error() string {
	return "the method with which " + e.t.String() + " encodes itself fails"
}

func (e *marshalError) Unwrap() error { return e.err }

// appendCompact appends JSON without its white space.
func appendCompact(b, text []byte) ([]byte, error) {
	s := scanner{b: text}
	if !s.valid() {
		return nil, fmt.Errorf("MarshalJSON returns no JSON, from byte %d on", s.i)
	}
	if !utf8.Valid(text) {
		return nil, fault.ErrNotUTF8
	}
	for s.i = 0; !s.end(); {
		start := s.i
		if text[start] == '"' {
			s.skipString()
		} else {
			s.i++
		}
		b = append(b, text[start:s.i]...)
	}
	return b, nil
}

func appendNumber(b []byte, text string) ([]byte, error) {
	if !IsNumber([]byte(text)) {
		return nil, errors.New("a json.Number that is no number")
	}
	return append(b, text...), nil
}

// appendFloat writes as JavaScript does: very small and very large numbers have an exponent.
func appendFloat(b []byte, f float64, bits int) ([]byte, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, errors.New("a float that is not a number, or infinite")
	}
	abs, format := math.Abs(f), byte('f')
	small, large := abs < 1e-6, abs >= 1e21
	if bits == 32 {
		small, large = float32(abs) < 1e-6, float32(abs) >= 1e21
	}
	if abs != 0 && (small || large) {
		format = 'e'
	}
	b = strconv.AppendFloat(b, f, format, -1, bits)
	if n := len(b); format == 'e' && b[n-4] == 'e' && b[n-2] == '0' { // e-09 becomes e-9
		b[n-2] = b[n-1]
		b = b[:n-1]
	}
	return b, nil
}

func (w *Writer) appendList(b []byte, s *shape, v reflect.Value) (_ []byte, err error) {
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = w.appendValue(b, s.elem, v.Index(i)); err != nil {
			return nil, fault.Below("", i, err)
		}
	}
	return append(b, ']'), nil
}

func (w *Writer) appendObject(b []byte, s *shape, v reflect.Value) (_ []byte, err error) {
	b = append(b, '{')
	start := len(b)
	for i := range s.members {
		m := &s.members[i]
		field := m.of(v, false)
		if !field.IsValid() || m.omits(field) {
			continue
		}
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(b, m.key...)
		if b, err = w.appendValue(b, m.shape, field); err != nil {
			return nil, fault.Below(m.name, -1, err)
		}
	}
	return append(b, '}'), nil
}

// omits reports whether a field is left out.
func (m *member) omits(v reflect.Value) bool {
	if m.omitZero && m.isZero(v) {
		return true
	}
	if !m.omitEmpty {
		return false
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String, reflect.Array:
		return v.Len() == 0
	case reflect.Struct, reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128,
		reflect.UnsafePointer:
		return false
	}
	return v.IsZero()
}

func (m *member) isZero(v reflect.Value) bool {
	switch {
	case !m.asksZero || !v.CanInterface():
		return v.IsZero()
	case v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface:
		return v.IsNil() || holdsNil(v.Interface()) || v.Interface().(zeroer).IsZero()
	case !v.CanAddr():
		c := reflect.New(v.Type())
		c.Elem().Set(v)
		return c.Interface().(zeroer).IsZero()
	}
	return v.Addr().Interface().(zeroer).IsZero()
}

// appendMap sorts by name.
func (w *Writer) appendMap(b []byte, s *shape, v reflect.Value) (_ []byte, err error) {
	type entry struct {
		name string
		elem reflect.Value
	}
	entries := make([]entry, 0, v.Len())
	for pairs := v.MapRange(); pairs.Next(); { // Seq2 would link reflect's calls of functions
		name, err := keyName(pairs.Key())
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry{name, pairs.Value()})
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].name < entries[j].name })
	b = append(b, '{')
	for i, e := range entries {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = appendChecked(b, []byte(e.name)); err == nil {
			b, err = w.appendValue(append(b, ':'), s.elem, e.elem)
		}
		if err != nil {
			return nil, fault.Below("*", -1, err) // errors do not show the name, which is content
		}
	}
	return append(b, '}'), nil
}

func keyName(key reflect.Value) (string, error) {
	if key.Kind() == reflect.String {
		return key.String(), nil
	}
	if m, ok := key.Interface().(encoding.TextMarshaler); ok {
		if holdsNil(m) {
			return "", nil
		}
		text, err := m.MarshalText()
		return string(text), err
	}
	switch keyKind(key.Type()) {
	case intShape:
		return strconv.FormatInt(key.Int(), 10), nil
	case uintShape:
		return strconv.FormatUint(key.Uint(), 10), nil
	}
	return "", fmt.Errorf("JSON has no names for keys of type %v", key.Type())
}

// appendQuoted appends a scalar tagged "string". It does not quote the output of a value's own
// method.
func (w *Writer) appendQuoted(b []byte, s *shape, v reflect.Value) ([]byte, error) {
	inner, err := w.appendValue(nil, s.elem, v)
	scalar := s.elem
	if scalar.kind == pointerShape {
		scalar, v = scalar.elem, v.Elem()
	}
	if err != nil || bytes.Equal(inner, Null) || scalar.asJSON.applies(v) ||
		scalar.asText.applies(v) {
		return append(b, inner...), err
	}
	return AppendText(b, inner), nil
}

// holdsNil reports whether an interface holds a nil pointer.
func holdsNil(v any) bool {
	r := reflect.ValueOf(v)
	return r.Kind() == reflect.Pointer && r.IsNil()
}
