package wxpay

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// disguised returns the error in a reply with a status of success. It returns nil if there is none,
// or if the call does not say which reply it expects.
func (a *attempt) disguised(resp *http.Response, body []byte) *Error {
	if a.p.given != nil || !isErrorObject(body, a.p.out) {
		return nil
	}
	e := newError(&a.p.call, resp, body)
	e.inDoubt, e.Verified = a.fate.inDoubt, !a.p.unsigned() || hasSignature(resp.Header) &&
		!a.p.exempt
	return e
}

var codeName, messageName = []byte(`"code"`), []byte(`"message"`)

// goodCodes are codes of success.
var goodCodes = []string{"", "0", "OK", "SUCCESS"}

// isErrorObject reports whether body is an object with the code and message of an error, without a
// member for any field of out, a pointer or nil.
func isErrorObject(body []byte, out any) bool {
	if !bytes.Contains(body, codeName) || !bytes.Contains(body, messageName) { // nearly all replies
		return false
	}
	members, ok := wire.Foreign(body, out)
	if !ok || members["message"] == nil {
		return false
	}
	return !slices.Contains(goodCodes, strings.ToUpper(wire.ScalarText(members["code"])))
}
