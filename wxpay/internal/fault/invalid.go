package fault

import "errors"

// Field is one thing wrong with a field, or with several together.
type Field struct {
	Fields  []string // wire paths
	Problem string   // never a value
}

// Request is what is wrong with a request.
type Request struct {
	Operation string
	Missing   []string // required, but not set
	Choices   []Field  // one of several is required
	Limits    []Field  // passed
	Unsorted  bool     // they come in an order that is not always the same
}

// Invalid makes a *wxpay.InvalidError. Package wxpay sets it: its users find their errors there,
// and it imports the packages that return this one.
var Invalid = func(Request) error { return errInvalid }

var errInvalid = errors.New("an incomplete or malformed request")
