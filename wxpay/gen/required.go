package gen

import (
	"github.com/wxgen/wxgen/wxpay/internal/fault"
)

// Required collects the missing fields of a request, and the fields beyond a limit. The zero value
// is ready; generated Validate methods walk the request with it. A request without a fault costs no
// allocation.
type Required struct {
	place   fault.Place
	missing []string
	choices []fault.Field
	limits  []fault.Field
	keyed   bool // some fault may be below a map: the order of its keys varies
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

// Key steps into the map called name, and there into the value of a key. Two calls of Leave step
// out.
func (r *Required) Key(name, key string) {
	r.keyed = true
	r.Enter(name)
	r.Enter(key)
}

// Leave steps out of the last object, list element or key.
func (r *Required) Leave() { r.place.Leave() }

// Err returns a *wxpay.InvalidError that names every fault, or nil.
func (r *Required) Err(operation string) error {
	if len(r.missing)+len(r.choices)+len(r.limits) == 0 {
		return nil
	}
	return fault.Invalid(fault.Request{Operation: operation, Missing: r.missing, Choices: r.choices,
		Limits: r.limits, Unsorted: r.keyed})
}
