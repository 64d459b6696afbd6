package wxpay

import "github.com/wxgen/wxgen/wxpay/internal/wire"

// MarshalInString encodes v as JSON and that as a JSON string: the form of fields that hold JSON in a string. Generated
// MarshalJSON methods call it.
func MarshalInString(v any) ([]byte, error) { return wire.MarshalInString(v) }

// UnmarshalInString decodes JSON held in a JSON string into v, a pointer. It also takes JSON that a server forgot to quote, and null
// and "", which leave v alone.
func UnmarshalInString(b []byte, v any) error { return wire.UnmarshalInString(b, v) }
