package wxpay

import "strings"

// Required collects the required fields that a request leaves unset. The zero value is ready; generated Validate methods
// walk the request with it.
type Required struct {
	place   place
	missing []string
}

// Field notes the field as missing unless ok.
func (r *Required) Field(name string, ok bool) {
	if !ok {
		r.missing = append(r.missing, r.place.wire(name, -1))
	}
}

// Enter steps into the object called name.
func (r *Required) Enter(name string) { r.place.enter(name, -1) }

// Item steps into element i of the list called name.
func (r *Required) Item(name string, i int) { r.place.enter(name, i) }

// Leave steps out of what Enter or Item stepped into.
func (r *Required) Leave() { r.place.leave() }

// Err returns an [*InvalidError] that names every missing field, or nil.
func (r *Required) Err(operation string) error {
	if len(r.missing) == 0 {
		return nil
	}
	return &InvalidError{Operation: operation, Fields: r.missing, Problem: "required but not set"}
}

// InvalidError says that a request was not sent because it is incomplete or malformed.
type InvalidError struct {
	Operation string   // "payrollcard.PreOrderWithAuth"
	Fields    []string // wire paths, as "amount.total", "list[2].name", or "{out_trade_no}" for a path value
	Problem   string   // what is wrong with them; never their values
	Err       error    // the cause, if there is one
}

// Error names the operation, every field and the problem.
func (e *InvalidError) Error() string {
	var b strings.Builder
	b.WriteString("wxpay: ")
	if e.Operation != "" {
		b.WriteString(e.Operation + ": ")
	}
	if len(e.Fields) > 0 {
		b.WriteString(strings.Join(e.Fields, ", ") + ": ")
	}
	b.WriteString(e.Problem)
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap returns the cause, if there is one.
func (e *InvalidError) Unwrap() error { return e.Err }

// Is reports whether target is [ErrBadRequest].
func (e *InvalidError) Is(target error) bool { return target == ErrBadRequest }
