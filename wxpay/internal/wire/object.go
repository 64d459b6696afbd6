package wire

import (
	"bytes"
	"encoding/json"
	"reflect"
)

// IsEmpty reports whether body is empty or null.
func IsEmpty(body []byte) bool {
	s := scanner{b: body}
	return s.end() || bytes.Equal(bytes.TrimSpace(body), Null)
}

// Foreign returns the members of the object in body. It is not ok if body is not an object, or if
// out, a pointer to a struct or nil, has a field for a member or a method for reading.
func Foreign(body []byte, out any) (members map[string]json.RawMessage, ok bool) {
	d := decoder{scanner: scanner{b: body}}
	s, ok := structOf(out)
	if !ok || !d.valid() {
		return nil, false
	}
	if d.i = 0; d.peek() != '{' {
		return nil, false
	}
	members = make(map[string]json.RawMessage)
	for name := range d.names {
		ok = ok && (s == nil || s.named(name) == nil)
		key := string(name)
		members[key] = d.raw()
	}
	return members, ok
}

// structOf returns the shape of the struct behind out, and nil if out is nil. It is not ok if out
// is no struct or has a method for reading.
func structOf(out any) (s *shape, ok bool) {
	if out == nil {
		return nil, true
	}
	s = shapeOf(reflect.TypeOf(out))
	for s.kind == pointerShape {
		s = s.elem
	}
	return s, s.kind == structShape && s.reads == readsPlainly
}

// First returns the first element if raw, valid JSON, is a list, and nil if that list is empty;
// else raw itself.
func First(raw []byte) []byte {
	s := scanner{b: raw}
	if !s.next('[') {
		return raw
	}
	if s.peek() == ']' {
		return nil
	}
	return s.raw()
}

// ScalarText returns the text of a string, number or boolean; "" for others.
func ScalarText(raw []byte) string {
	if text, ok := Unquote(raw); ok {
		return string(text)
	}
	if isScalar(raw) {
		return string(raw)
	}
	return ""
}

// RawText is a string that points into its message. It avoids a copy of the message's greatest
// part.
type RawText []byte

// UnmarshalJSON keeps b.
func (t *RawText) UnmarshalJSON(b []byte) error {
	text, ok := Unquote(b)
	if !ok && !bytes.Equal(b, Null) {
		return WantError("a string, got " + KindOf(b))
	}
	*t = text
	return nil
}
