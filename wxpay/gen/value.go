package gen

import (
	"strconv"

	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// FormatInt writes an integer path value.
func FormatInt(v int64) string { return strconv.FormatInt(v, 10) }

// MarshalInString encodes v as JSON, and that as a JSON string: the form of fields that hold JSON
// in a string. Their MarshalJSON calls it.
func MarshalInString(v any) ([]byte, error) { return wire.MarshalInString(v) }

// UnmarshalInString decodes JSON held in a JSON string into v, a pointer. It also takes JSON that a
// server forgot to quote, and null and "", which leave v alone. Where b does not fit, v holds what
// does.
func UnmarshalInString(b []byte, v any) error { return wire.UnmarshalInString(b, v) }
