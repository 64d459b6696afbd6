package wxpay

import "sync/atomic"

// concealed hides a value from code that prints the struct around it. Package fmt prints unexported
// fields without calling their methods, and follows a pointer for a verb that does not suit
// pointers. Libraries that dump values follow every pointer. All of them print the unsafe.Pointer
// inside an atomic.Pointer as an address.
type concealed[T any] = *atomic.Pointer[T]

// conceal returns a cell with v. The cell and v share one allocation.
func conceal[T any](v T) concealed[T] {
	c := &struct {
		cell atomic.Pointer[T]
		v    T
	}{v: v}
	c.cell.Store(&c.v)
	return &c.cell
}

// reveal returns what is concealed; the zero value if nothing is.
func reveal[T any](c concealed[T]) (v T) {
	if c != nil {
		v = *c.Load()
	}
	return v
}
