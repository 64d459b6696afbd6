package wire

import (
	"errors"
	"strings"
)

// ErrMalformed says that the text is not JSON.
var ErrMalformed = errors.New("malformed JSON")

// Error says that JSON does not fit the value to decode into. The codec has read all fields that
// are not listed.
type Error struct {
	Fields []Field
	Err    error // ErrMalformed with its place; nil if there are fields
}

// Field is a place in JSON that does not fit.
type Field struct {
	Path    string // "amount.total"; "" for the whole
	Problem string // "want an integer, got a string"; never the value
}

// String returns path and problem.
func (f Field) String() string {
	if f.Path == "" {
		return "body: " + f.Problem
	}
	return f.Path + ": " + f.Problem
}

// Error names every field with its problem.
func (e *Error) Error() string {
	s := "does not decode"
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
	return s
}

// Unwrap returns ErrMalformed, or nil if there are fields.
func (e *Error) Unwrap() error { return e.Err }

// WantError is an error of UnmarshalJSON. Its text holds no value, so messages may show it.
type WantError string

// Error names the wanted form.
func (e WantError) Error() string { return "want " + string(e) }

// KindOf names the kind of a JSON value.
func KindOf(raw []byte) string {
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
