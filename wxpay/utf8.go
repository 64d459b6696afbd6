package wxpay

import (
	"errors"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/internal/fault"
)

// misplaced returns an error about text at the place that err names, or in the field whole; nil for other errors.
func misplaced(operation, whole string, err error) error {
	if !errors.Is(err, fault.ErrNotUTF8) {
		return nil
	}
	if placed, ok := errors.AsType[*fault.Placed](err); ok && placed.Path != "" {
		whole = placed.Path
	}
	return garbled(operation, whole)
}

func garbled(operation, field string) error {
	return &InvalidError{Operation: operation, Fields: []string{field}, Problem: fault.ErrNotUTF8.Error()}
}

// checkText refuses a query or a header whose text is not UTF-8.
func (x *exchange) checkText() error {
	if err := misplaced(x.call.Name, "query", x.call.Query.Fault()); err != nil {
		return err
	}
	for name, v := range x.call.Header {
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
	return misplaced(x.call.Name, "query", x.opts.query.Fault())
}
