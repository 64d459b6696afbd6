package wxpay

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"sort"
	"strings"

	"github.com/wxgen/wxgen/wxpay/internal/fault"
)

func init() { fault.Invalid = newInvalid }

// newInvalid makes the error for the faults of Validate.
func newInvalid(found fault.Request) error {
	choices, limits := fieldFaults(found.Choices), fieldFaults(found.Limits)
	if found.Unsorted {
		sort.Strings(found.Missing)
		sortFaults(choices)
		sortFaults(limits)
	}
	e := &InvalidError{Operation: found.Operation, Fields: found.Missing, Problem: unset}
	for _, field := range found.Missing {
		e.Faults = append(e.Faults, FieldFault{[]string{field}, unset})
	}
	if len(choices)+len(limits) == 0 {
		return e
	}
	var texts []string
	if len(found.Missing) > 0 {
		texts = append(texts, strings.Join(found.Missing, ", ")+": "+unset)
	}
	e.Fields = slices.Clip(e.Fields)
	for _, f := range append(choices, limits...) {
		e.Fields = append(e.Fields, f.Fields...)
		e.Faults = append(e.Faults, f)
		texts = append(texts, f.String())
	}
	e.Problem = strings.Join(texts, "; ")
	return e
}

func fieldFaults(found []fault.Field) []FieldFault {
	faults := make([]FieldFault, 0, len(found))
	for _, f := range found {
		faults = append(faults, FieldFault(f))
	}
	return faults
}

func sortFaults(faults []FieldFault) {
	sort.Slice(faults, func(i, j int) bool { return faults[i].String() < faults[j].String() })
}

const unset = "required but not set"

// InvalidError says that a request was not sent because it is incomplete or malformed.
type InvalidError struct {
	Operation string // "payrollcard.PreOrderWithAuth"
	// wire paths, as "amount.total", "list[2].name", or "{out_trade_no}" for a path value
	Fields  []string
	Problem string // the problem; never a value
	Err     error  // the cause, if there is one
	// the faults of Validate, one by one; nil if the client refused the request
	Faults []FieldFault
}

// FieldFault is one fault of a request.
type FieldFault struct {
	Fields  []string // wire paths: several if one of them is required
	Problem string   // "required but not set", "33 characters; at most 32"; never a value
}

// String names the fields and the problem, as "out_trade_no: 33 characters; at most 32".
func (f FieldFault) String() string { return alternatives(f.Fields) + ": " + f.Problem }

// alternatives joins names as prose does: "a", "a or b", "a, b or c".
func alternatives(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// Error names the operation, every field and the problem. For faults of Validate it also names
// WithoutValidation.
func (e *InvalidError) Error() string {
	s := about(e.Operation)
	if len(e.Fields) > 0 && !e.mixed() {
		s += strings.Join(e.Fields, ", ") + ": "
	}
	s += e.Problem
	if len(e.Faults) > 0 {
		s += " (wxpay.WithoutValidation sends it all the same)"
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// mixed reports whether the problem names the fields itself, since the fields have different
// problems.
func (e *InvalidError) mixed() bool {
	return slices.ContainsFunc(e.Faults, func(f FieldFault) bool { return f.Problem != e.Problem })
}

// Unwrap returns the cause, if there is one.
func (e *InvalidError) Unwrap() error { return e.Err }

// Is reports whether target is [ErrBadRequest].
func (e *InvalidError) Is(target error) bool { return target == ErrBadRequest }

// misplaced returns an error for text that is not UTF-8, at the place that err names, or else for
// the whole field; nil for other errors.
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
	return &InvalidError{Operation: operation, Fields: []string{field},
		Problem: fault.ErrNotUTF8.Error()}
}

// noContext refuses a nil context, which would panic far below.
func noContext(ctx context.Context, operation string) error {
	if ctx == nil {
		return &InvalidError{Operation: operation,
			Problem: "nil context; pass context.Background() if there is none"}
	}
	return nil
}

// isNil reports whether v is nil, or an interface that holds a nil pointer.
func isNil(v any) bool {
	if v == nil {
		return true
	}
	r := reflect.ValueOf(v)
	return r.Kind() == reflect.Pointer && r.IsNil()
}
