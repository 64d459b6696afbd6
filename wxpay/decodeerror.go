package wxpay

import (
	"errors"
	"strings"

	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// Reasons for a [*DecodeError] that concerns the whole body.
var (
	// ErrEmptyBody says that a reply is empty or null, and should have content.
	ErrEmptyBody = errors.New("empty body")
	// ErrMalformedJSON says that the body is not JSON.
	ErrMalformedJSON = wire.ErrMalformed
)

// DecodeError says that a verified reply does not decode in full. WeChat Pay did carry out the
// request. The result holds every field that is not listed here.
type DecodeError struct {
	Operation string
	RequestID string
	Attempts  int    // how often the request was tried; 0 for a notification
	Serial    string // of the key that signed the reply; empty if none did
	// first those that do not decode, in the order of the reply; then those that do not decrypt
	Fields []FieldError
	Err    error // ErrEmptyBody or ErrMalformedJSON, if there is no field to name
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
	s := about(e.Operation) + "reply does not decode"
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	fields := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		fields[i] = f.String()
	}
	if len(fields) > 0 {
		s += ": " + strings.Join(fields, "; ")
	}
	return s + origins(e.Serial, e.RequestID, 0, e.Attempts)
}

// Unwrap returns ErrEmptyBody, ErrMalformedJSON or nil.
func (e *DecodeError) Unwrap() error { return e.Err }

// decodeBody decodes a body, and refuses an empty one.
func decodeBody(body []byte, out any) *DecodeError {
	if wire.IsEmpty(body) {
		return &DecodeError{Err: ErrEmptyBody}
	}
	return decode(body, out)
}

// decode reads data into out, a pointer. Out stays unchanged if data is not JSON.
func decode(data []byte, out any) *DecodeError {
	fault := wire.Decode(data, out)
	if fault == nil {
		return nil
	}
	e := &DecodeError{Err: fault.Err}
	for _, f := range fault.Fields {
		e.Fields = append(e.Fields, FieldError(f))
	}
	return e
}

func (e *DecodeError) count(n int) { e.Attempts = n }
