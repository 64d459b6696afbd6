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
func (p *prepared) checkText() error {
	if err := misplaced(p.call.Name, "query", p.call.Query.Fault()); err != nil {
		return err
	}
	for name, v := range p.call.Header {
		if !utf8.ValidString(v[0]) {
			return garbled(p.call.Name, name)
		}
	}
	if p.opts == nil {
		return nil
	}
	for name, values := range p.opts.header {
		for _, v := range values {
			if !utf8.ValidString(v) {
				return garbled(p.call.Name, name)
			}
		}
	}
	return misplaced(p.call.Name, "query", p.opts.query.Fault())
}
