package wxpay

import (
	"errors"
	"unicode/utf8"
)

// errNotUTF8 is met by text that WeChat Pay would read as another, or as that of another order.
var errNotUTF8 = errors.New("text that is not UTF-8; convert it first")

// placedError is an error somewhere within what is written.
type placedError struct {
	path string
	err  error
}

// below says that err, met while a member or an element was written, lies below it.
func below(name string, index int, err error) error {
	placed, ok := err.(*placedError)
	if !ok {
		placed = &placedError{err: err}
	}
	if placed.path = joinPath(string(appendStep(nil, name, index)), placed.path); len(placed.path) > maxPath {
		placed.path = placed.path[:maxPath] + "…"
	}
	return placed
}

// Error names place and problem.
func (e *placedError) Error() string { return e.path + ": " + e.err.Error() }

// Unwrap returns what is wrong there.
func (e *placedError) Unwrap() error { return e.err }

// misplaced returns an error about text at the place that err names, or in the field whole; nil for other errors.
func misplaced(operation, whole string, err error) error {
	if !errors.Is(err, errNotUTF8) {
		return nil
	}
	if placed, ok := errors.AsType[*placedError](err); ok && placed.path != "" {
		whole = placed.path
	}
	return garbled(operation, whole)
}

func garbled(operation, field string) error {
	return &InvalidError{Operation: operation, Fields: []string{field}, Problem: errNotUTF8.Error()}
}

// checkText refuses a query or a header whose text is not UTF-8.
func (x *exchange) checkText() error {
	if err := misplaced(x.call.Name, "query", x.call.Query.fault); err != nil {
		return err
	}
	for name, v := range x.call.header {
		if !utf8.ValidString(v[0]) {
			return garbled(x.call.Name, name)
		}
	}
	if x.opts == nil {
		return nil
	}
	for name, values := range x.opts.header {
		for _, v := range values {
			if !utf8.ValidString(v) {
				return garbled(x.call.Name, name)
			}
		}
	}
	return misplaced(x.call.Name, "query", x.opts.query.fault)
}
