package wire

import "bytes"

// MarshalInString encodes v as JSON, and that as a JSON string.
func MarshalInString(v any) ([]byte, error) {
	inner, err := Append(nil, v)
	if err != nil {
		return nil, err
	}
	return AppendText(nil, inner), nil
}

// UnmarshalInString decodes JSON held in a JSON string into v, a pointer. It also takes JSON that a
// server forgot to quote, and null and "", which leave v alone. Its errors are of type [*Error].
func UnmarshalInString(b []byte, v any) error {
	if bytes.Equal(b, Null) {
		return nil
	}
	if text, ok := Unquote(b); ok {
		if len(text) == 0 {
			return nil
		}
		b = text
	}
	if d := Decode(b, v); d != nil {
		return d
	}
	return nil
}
