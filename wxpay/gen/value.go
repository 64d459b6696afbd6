package gen

import (
	"strconv"

	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// FormatInt writes an integer path value.
func FormatInt(v int64) string { return strconv.FormatInt(v, 10) }

// MarshalInString encodes v as JSON, and that text as a JSON string, for fields with JSON in a
// string. Their MarshalJSON calls it.
func MarshalInString(v any) ([]byte, error) { return wire.MarshalInString(v) }

// UnmarshalInString decodes the JSON inside a JSON string into v, a pointer. It also takes JSON
// without the quotes, and null and "", which do not change v. If parts of b do not fit, v holds the
// others.
func UnmarshalInString(b []byte, v any) error { return wire.UnmarshalInString(b, v) }
