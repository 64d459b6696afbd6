package fault

import "errors"

// Field is one fault of a field, or of several together.
type Field struct {
	Fields  []string // wire paths
	Problem string   // never a value
}

// Request holds the faults of a request.
type Request struct {
	Operation string
	Missing   []string // required, but not set
	Choices   []Field  // one of several is required
	Limits    []Field  // passed
	Unsorted  bool     // the order of the faults varies from run to run
}

// Invalid makes a *wxpay.InvalidError. Package wxpay sets it: the type belongs there for its users,
// and wxpay imports the packages that return it.
var Invalid = func(Request) error { return errInvalid }

var errInvalid = errors.New("an incomplete or malformed request")
