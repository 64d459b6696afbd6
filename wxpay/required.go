package wxpay

import (
	"slices"
	"sort"
	"strings"

	"github.com/wxgen/wxgen/wxpay/internal/place"
)

// Required collects what a request lacks or has beyond a limit. The zero value is ready; generated Validate methods walk
// the request with it. A request without a fault costs no allocation.
type Required struct {
	place   place.Place
	missing []string
	choices []FieldFault
	limits  []FieldFault
	keyed   bool // some fault may be below a map, whose keys come in any order
}

// Field notes the field as missing unless ok.
func (r *Required) Field(name string, ok bool) {
	if !ok {
		r.missing = append(r.missing, r.place.Of(name, -1))
	}
}

// Enter steps into the object called name.
func (r *Required) Enter(name string) { r.place.Enter(name, -1) }

// Item steps into element i of the list called name.
func (r *Required) Item(name string, i int) { r.place.Enter(name, i) }

// Key steps into the map called name, and there into the value of a key; it takes two calls of Leave to step out.
func (r *Required) Key(name, key string) {
	r.keyed = true
	r.Enter(name)
	r.Enter(key)
}

// Leave steps out of what Enter or Item stepped into.
func (r *Required) Leave() { r.place.Leave() }

// Err returns an [*InvalidError] that names every fault, or nil.
func (r *Required) Err(operation string) error {
	if len(r.missing)+len(r.choices)+len(r.limits) == 0 {
		return nil
	}
	if r.keyed {
		r.sort()
	}
	e := &InvalidError{Operation: operation, Fields: r.missing, Problem: unset}
	for _, field := range r.missing {
		e.Faults = append(e.Faults, FieldFault{[]string{field}, unset})
	}
	if len(r.choices)+len(r.limits) == 0 {
		return e
	}
	var texts []string
	if len(r.missing) > 0 {
		texts = append(texts, strings.Join(r.missing, ", ")+": "+unset)
	}
	e.Fields = slices.Clip(e.Fields)
	for _, f := range slices.Concat(r.choices, r.limits) {
		e.Fields = append(e.Fields, f.Fields...)
		e.Faults = append(e.Faults, f)
		texts = append(texts, f.String())
	}
	e.Problem = strings.Join(texts, "; ")
	return e
}

// sort makes the order of faults that of their places, whatever the order of a map's keys.
func (r *Required) sort() {
	sort.Strings(r.missing)
	for _, faults := range [][]FieldFault{r.choices, r.limits} {
		sort.Slice(faults, func(i, j int) bool { return faults[i].String() < faults[j].String() })
	}
}

const unset = "required but not set"

// InvalidError says that a request was not sent because it is incomplete or malformed.
type InvalidError struct {
	Operation string       // "payrollcard.PreOrderWithAuth"
	Fields    []string     // wire paths, as "amount.total", "list[2].name", or "{out_trade_no}" for a path value
	Problem   string       // what is wrong with them; never their values
	Err       error        // the cause, if there is one
	Faults    []FieldFault // what Validate found, each by itself; nil if something else refused the request
}

// FieldFault is one thing wrong with a request.
type FieldFault struct {
	Fields  []string // wire paths: several where one of them is required
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

// Error names the operation, every field and the problem; of what Validate found, the way past it too.
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

// mixed reports whether the problem names the fields itself: it is not one problem of all of them.
func (e *InvalidError) mixed() bool {
	return slices.ContainsFunc(e.Faults, func(f FieldFault) bool { return f.Problem != e.Problem })
}

// Unwrap returns the cause, if there is one.
func (e *InvalidError) Unwrap() error { return e.Err }

// Is reports whether target is [ErrBadRequest].
func (e *InvalidError) Is(target error) bool { return target == ErrBadRequest }
