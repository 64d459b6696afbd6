package wire

import (
	"bytes"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A reply may hold a value in another form than its type: a number in a string, 10.0 for 10, one
// object for a list of one. The codec reads it if it has one meaning only, and reports it
// otherwise. The rules here come after those of encoding/json, so JSON that encoding/json reads
// costs nothing more.

var timeType = reflect.TypeFor[time.Time]()

// tolerate reads raw, JSON in another form than that of s. It reports whether the meaning is
// certain.
func (d *decoder) tolerate(s *shape, v reflect.Value, raw []byte) bool {
	text, isText := Unquote(raw)
	if !isText {
		text = raw
	}
	switch {
	case d.vacant(s, scanner{b: raw}):
		setNil(v)
		return true
	case s.kind == stringShape && isScalar(raw):
		v.SetString(string(raw))
		return true
	case s.kind == intShape || s.kind == uintShape:
		n, ok := integer(text)
		return ok && s.set(v, n)
	case s.kind == floatShape:
		return IsNumber(text) && s.set(v, text)
	case s.kind == boolShape:
		return isText && s.set(v, bytes.ToLower(text))
	case !s.holdsOthers():
		return false
	case isText:
		return !d.place.IsRoot() && s.begins(text) && d.inside(s, v, text)
	}
	return s.kind == sliceShape && d.single(s, v, raw)
}

// vacant reports whether the next value means absence, as null does: an empty string for a type
// without text, an empty list for an object, or an empty object for a list. Some languages write an
// empty list for both. A whole body is never vacant.
func (d *decoder) vacant(s *shape, next scanner) bool {
	if d.place.IsRoot() || s.reads != readsPlainly && s.t != timeType {
		return false
	}
	c := next.peek()
	next.i++
	switch c {
	case '"':
		return next.accept('"') && s.kind != stringShape && s.kind != bytesShape &&
			s.kind != interfaceShape && s.kind != noShape
	case '[':
		return (s.kind == structShape || s.kind == mapShape) && next.next(']')
	case '{':
		return (s.kind == sliceShape || s.kind == arrayShape) && next.next('}')
	}
	return false
}

func (s *shape) holdsOthers() bool {
	return s.kind == structShape || s.kind == mapShape || s.kind == sliceShape ||
		s.kind == arrayShape
}

// begins reports whether text begins like the JSON of s.
func (s *shape) begins(text []byte) bool {
	want := byte('[')
	if s.kind == structShape || s.kind == mapShape {
		want = '{'
	}
	in := scanner{b: text}
	return in.peek() == want
}

// inside reads the JSON inside a string. The nesting of strings is bounded: each level doubles the
// backslashes.
func (d *decoder) inside(s *shape, v reflect.Value, text []byte) bool {
	outer := d.scanner
	d.scanner = scanner{b: text}
	ok := d.valid()
	if ok {
		d.i = 0
		d.value(s, v)
	}
	d.scanner = outer
	return ok
}

// single reads an object as a list of one, if one of its names is a member of the list's elements.
// Other objects may hold the elements by number.
func (d *decoder) single(s *shape, v reflect.Value, raw []byte) bool {
	elem := s.elem
	for elem.kind == pointerShape {
		elem = elem.elem
	}
	if elem.reads != readsPlainly || raw[0] != '{' || !elem.knowsOneOf(raw) {
		return false
	}
	v.Set(reflect.MakeSlice(s.t, 1, 1))
	outer := d.scanner
	d.scanner = scanner{b: raw}
	d.item(s.elem, v.Index(0), 0)
	d.scanner = outer
	return true
}

// knowsOneOf reports whether s has a member for one of the object's names.
func (s *shape) knowsOneOf(object []byte) bool {
	d, found := decoder{scanner: scanner{b: object}}, false
	for name := range d.names {
		found = found || s.named(name) != nil
		d.raw()
	}
	return found
}

// isScalar reports whether raw is a number or a boolean.
func isScalar(raw []byte) bool {
	return string(raw) == "true" || string(raw) == "false" || IsNumber(raw)
}

// isJSON reports whether the text of a string is JSON.
func isJSON(text []byte) bool {
	s := scanner{b: text}
	return s.valid()
}

// maxDigits is the length of the largest uint64.
const maxDigits = 20

// integer writes a number without fraction and exponent, if it is an integer. It does not round, as
// floats would.
func integer(text []byte) ([]byte, bool) {
	if !IsNumber(text) {
		return nil, false
	}
	mantissa, exponent, _ := strings.Cut(strings.ToLower(string(text)), "e")
	mantissa, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		return []byte("0"), true
	}
	significant := strings.TrimRight(digits, "0")
	power := len(digits) - len(significant) - len(fraction) // power of ten of significant
	if exponent != "" {
		n, err := strconv.Atoi(exponent)
		if err != nil || n > maxDigits+len(text) || n < -maxDigits-len(text) {
			return nil, false
		}
		power += n
	}
	if power < 0 || len(significant)+power > maxDigits {
		return nil, false
	}
	n := slices.Concat([]byte(significant), bytes.Repeat([]byte("0"), power))
	if negative {
		n = slices.Insert(n, 0, '-')
	}
	return n, true
}
