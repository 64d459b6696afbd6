package wxpay

import "sync/atomic"

// concealed keeps a value from everybody who prints what it is part of. Package fmt prints fields
// that it may not ask, and what a pointer points to under a verb that suits none; and libraries
// that dump values follow every pointer. But all of them print an unsafe.Pointer, which an
// atomic.Pointer is inside, as an address.
type concealed[T any] = *atomic.Pointer[T]

// conceal returns v in a cell that holds itself, to need one allocation only.
func conceal[T any](v T) concealed[T] {
	c := &struct {
		atomic.Pointer[T]
		v T
	}{v: v}
	c.Store(&c.v)
	return &c.Pointer
}

// reveal returns what is concealed; the zero value if nothing is.
func reveal[T any](c concealed[T]) (v T) {
	if c != nil {
		v = *c.Load()
	}
	return v
}
