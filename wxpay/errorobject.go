package wxpay

import (
	"bytes"
	"net/http"
	"reflect"
	"slices"
	"strings"
)

// disguised returns the error that a reply is in spite of its status of success; nil for others, and where nobody knows what the
// reply should be.
func (x *exchange) disguised(resp *http.Response, body []byte) *Error {
	if x.given != nil || !isErrorObject(body, x.out) {
		return nil
	}
	e := newError(&x.call, resp, body)
	e.inDoubt, e.Verified = x.inDoubt, !x.unsigned() || hasSignature(resp.Header) && !x.exempt
	return e
}

var codeName, messageName = []byte(`"code"`), []byte(`"message"`)

// goodCodes are said of success.
var goodCodes = []string{"", "0", "OK", "SUCCESS"}

// isErrorObject reports whether body is an object with the code and message of an error, and with nothing that out, a pointer or
// nil, has a field for.
func isErrorObject(body []byte, out any) bool {
	if !bytes.Contains(body, codeName) || !bytes.Contains(body, messageName) { // nearly all replies
		return false
	}
	d := decoder{scanner: scanner{b: body}}
	s, ok := structOf(out)
	if !ok || !d.valid() {
		return false
	}
	if d.i = 0; d.peek() != '{' {
		return false
	}
	code, spoken, known := "", false, false
	for name := range d.names {
		raw := d.raw()
		switch string(name) {
		case "code":
			code = strings.ToUpper(scalarText(raw))
		case "message":
			spoken = true
		}
		known = known || s != nil && s.named(name) != nil
	}
	return spoken && !known && !slices.Contains(goodCodes, code)
}

// structOf returns the shape of the struct that a reply goes into, nil if it goes nowhere; not ok for what is no struct, or reads
// itself.
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

// scalarText returns what a string, number or boolean says; "" for others.
func scalarText(raw []byte) string {
	if text, ok := unquote(raw); ok {
		return string(text)
	}
	if isScalar(raw) {
		return string(raw)
	}
	return ""
}
