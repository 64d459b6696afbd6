package wxpay

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
)

// maxWriteDepth is how deep values lie in each other at most, pointers among them: one that contains itself has no end.
const maxWriteDepth = 2 * maxJSONDepth

// writer notes what matters of a value while it is written.
type writer struct {
	depth  int
	serial string // of the platform key that sealed its Secrets, if they say
	mixed  bool   // they were sealed with several keys
}

// appendJSON appends v as encoding/json writes it, but without escaping <, > and &, since WeChat Pay signs and compares what people
// wrote; with nil lists and maps as empty ones, since null is none; and without text that is not UTF-8.
func appendJSON(b []byte, v any) ([]byte, error) { return new(writer).appendJSON(b, v) }

func (w *writer) appendJSON(b []byte, v any) ([]byte, error) {
	return w.appendDynamic(b, reflect.ValueOf(v))
}

// appendDynamic appends a value of a type that is not known before.
func (w *writer) appendDynamic(b []byte, v reflect.Value) ([]byte, error) {
	if !v.IsValid() {
		return append(b, null...), nil
	}
	return w.appendValue(b, shapeOf(v.Type()), v)
}

func (w *writer) appendValue(b []byte, s *shape, v reflect.Value) ([]byte, error) {
	if w.depth++; w.depth > maxWriteDepth {
		return nil, errors.New("a value contains itself, or is nested too deep")
	}
	b, err := w.appendShape(b, s, v)
	w.depth--
	return b, err
}

func (w *writer) appendShape(b []byte, s *shape, v reflect.Value) ([]byte, error) {
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
			return append(b, null...), nil
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

// appendMarshaled has v write itself.
func (w *writer) appendMarshaled(b []byte, s *shape, v reflect.Value) ([]byte, error) {
	asJSON := s.asJSON.applies(v)
	if s.t == secretType {
		return w.appendSecret(b, v.Interface().(Secret))
	}
	if v.CanAddr() {
		v = v.Addr()
	}
	if asJSON {
		text, err := v.Interface().(json.Marshaler).MarshalJSON()
		if placed, ok := err.(*placedError); ok { // of JSON in a string
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

func (w *writer) appendSecret(b []byte, v Secret) ([]byte, error) {
	serial := v.Serial()
	w.mixed = w.mixed || serial != "" && w.serial != "" && serial != w.serial
	w.serial = cmp.Or(w.serial, serial)
	text, err := v.MarshalText()
	if err != nil {
		return nil, err
	}
	return appendChecked(b, text)
}

// marshalError leaves out the text of a foreign error, which may hold what did not encode.
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
		return nil, errNotUTF8
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
	if !isNumber([]byte(text)) {
		return nil, errors.New("a json.Number that is no number")
	}
	return append(b, text...), nil
}

// appendFloat writes as JavaScript does: very small and very large numbers with an exponent.
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

func (w *writer) appendList(b []byte, s *shape, v reflect.Value) (_ []byte, err error) {
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = w.appendValue(b, s.elem, v.Index(i)); err != nil {
			return nil, below("", i, err)
		}
	}
	return append(b, ']'), nil
}

func (w *writer) appendObject(b []byte, s *shape, v reflect.Value) (_ []byte, err error) {
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
			return nil, below(m.name, -1, err)
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
	case reflect.Struct, reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128, reflect.UnsafePointer:
		return false
	}
	return v.IsZero()
}

func (m *member) isZero(v reflect.Value) bool {
	switch {
	case !m.asksZero || !v.CanInterface():
		return v.IsZero()
	case v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface:
		return v.IsNil() || isNil(v.Interface()) || v.Interface().(zeroer).IsZero()
	case !v.CanAddr():
		c := reflect.New(v.Type())
		c.Elem().Set(v)
		return c.Interface().(zeroer).IsZero()
	}
	return v.Addr().Interface().(zeroer).IsZero()
}

// zeroer is asked by fields tagged "omitzero".
type zeroer interface{ IsZero() bool }

// appendMap sorts by name.
func (w *writer) appendMap(b []byte, s *shape, v reflect.Value) (_ []byte, err error) {
	type entry struct {
		name string
		elem reflect.Value
	}
	entries := make([]entry, 0, v.Len())
	for pairs := v.MapRange(); pairs.Next(); { // Seq2 would link the calling of functions
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
			return nil, below("*", -1, err) // the name is content, so it is not told
		}
	}
	return append(b, '}'), nil
}

func keyName(key reflect.Value) (string, error) {
	if key.Kind() == reflect.String {
		return key.String(), nil
	}
	if m, ok := key.Interface().(encoding.TextMarshaler); ok {
		if isNil(m) {
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

// appendQuoted appends a scalar tagged "string". One that writes itself is left at that.
func (w *writer) appendQuoted(b []byte, s *shape, v reflect.Value) ([]byte, error) {
	inner, err := w.appendValue(nil, s.elem, v)
	scalar := s.elem
	if scalar.kind == pointerShape {
		scalar, v = scalar.elem, v.Elem()
	}
	if err != nil || bytes.Equal(inner, null) || scalar.asJSON.applies(v) || scalar.asText.applies(v) {
		return append(b, inner...), err
	}
	return appendText(b, inner), nil
}

// appendChecked appends s as a string, if it is UTF-8. Most need no escapes.
func appendChecked(b, s []byte) ([]byte, error) {
	n, ascii := ordinary(s)
	switch {
	case n == len(s) && ascii:
		return append(append(append(b, '"'), s...), '"'), nil
	case !utf8.Valid(s):
		return nil, errNotUTF8
	}
	return appendText(b, s), nil
}

// appendText appends s as a string. Bytes that are no UTF-8 become U+FFFD.
func appendText(b, s []byte) []byte {
	b = append(b, '"')
	if n, _ := ordinary(s); n == len(s) && utf8.Valid(s) && !bytes.Contains(s, separators) {
		b = append(b, s...)
	} else {
		b = appendEscaping(b, s)
	}
	return append(b, '"')
}

// separators is what U+2028 and U+2029 begin with, which are line ends to old JavaScript.
var separators = []byte("\xe2\x80")

func appendEscaping(b, s []byte) []byte {
	for len(s) > 0 {
		r, size := utf8.DecodeRune(s)
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\b':
			b = append(b, `\b`...)
		case r == '\f':
			b = append(b, `\f`...)
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r < ' ' || r == '\u2028' || r == '\u2029' || r == utf8.RuneError && size == 1:
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = append(b, s[:size]...)
		}
		s = s[size:]
	}
	return b
}
