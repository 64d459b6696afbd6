package wxpay

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"unicode/utf8"
)

// maxWriteDepth is where appendShape leaves a value to encoding/json, which finds out whether it contains itself.
const maxWriteDepth = 500

// appendJSON appends v as encoding/json writes it, but without escaping <, > and &: WeChat Pay signs and compares what people wrote.
func appendJSON(b []byte, v any) ([]byte, error) {
	if v == nil {
		return append(b, null...), nil
	}
	r := reflect.ValueOf(v)
	return appendShape(b, shapeOf(r.Type()), r, 0)
}

func appendShape(b []byte, s *shape, v reflect.Value, depth int) ([]byte, error) {
	if depth == maxWriteDepth {
		return appendOther(b, v)
	}
	switch s.writes {
	case stringShape:
		return appendText(b, []byte(v.String())), nil
	case boolShape:
		return strconv.AppendBool(b, v.Bool()), nil
	case intShape:
		return strconv.AppendInt(b, v.Int(), 10), nil
	case uintShape:
		return strconv.AppendUint(b, v.Uint(), 10), nil
	case secretShape:
		sealed, err := v.Interface().(Secret).MarshalText()
		return appendText(b, sealed), err
	case timeShape:
		return v.Interface().(Time).appendJSON(b), nil
	case quotedShape:
		return appendQuoted(b, s, v, depth)
	case pointerShape:
		if v.IsNil() {
			return append(b, null...), nil
		}
		return appendShape(b, s.elem, v.Elem(), depth+1)
	case sliceShape:
		if v.IsNil() {
			return append(b, null...), nil
		}
		return appendList(b, s, v, depth)
	case structShape:
		return appendObject(b, s, v, depth)
	}
	return appendOther(b, v)
}

func appendList(b []byte, s *shape, v reflect.Value, depth int) (_ []byte, err error) {
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = appendShape(b, s.elem, v.Index(i), depth+1); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}

func appendObject(b []byte, s *shape, v reflect.Value, depth int) (_ []byte, err error) {
	b = append(b, '{')
	start := len(b)
	for i := range s.members {
		m := &s.members[i]
		field := m.of(v)
		if m.omits(field) {
			continue
		}
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(b, m.key...)
		if b, err = appendShape(b, m.shape, field, depth+1); err != nil {
			return nil, err
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
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

func (m *member) isZero(v reflect.Value) bool {
	switch {
	case !m.asksZero:
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

// appendQuoted appends a scalar tagged "string".
func appendQuoted(b []byte, s *shape, v reflect.Value, depth int) ([]byte, error) {
	inner, err := appendShape(nil, s.elem, v, depth)
	if err != nil || bytes.Equal(inner, null) {
		return append(b, inner...), err
	}
	return appendText(b, inner), nil
}

// appendText appends s as a string. Most need no escapes; U+2028 and its neighbour get some from encoding/json, for JavaScript's sake.
func appendText(b, s []byte) []byte {
	if ordinary(s) == len(s) && utf8.Valid(s) && !bytes.Contains(s, separators) {
		return append(append(append(b, '"'), s...), '"')
	}
	b, _ = appendOther(b, reflect.ValueOf(string(s))) // a string always encodes
	return b
}

// separators is what U+2028 and U+2029 begin with.
var separators = []byte("\xe2\x80")

// appendOther has encoding/json write v.
func appendOther(b []byte, v reflect.Value) ([]byte, error) {
	if v.CanAddr() {
		v = v.Addr() // to a method that has a pointer for its receiver
	}
	buf := bytes.NewBuffer(b)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v.Interface()); err != nil {
		return nil, err
	}
	return buf.Bytes()[:buf.Len()-1], nil // the encoder's line feed
}
