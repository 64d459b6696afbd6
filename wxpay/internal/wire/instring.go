package wire

import "bytes"

// MarshalInString encodes v as JSON, and that text as a JSON string.
func MarshalInString(v any) ([]byte, error) {
	inner, err := Append(nil, v)
	if err != nil {
		return nil, err
	}
	return AppendText(nil, inner), nil
}

// UnmarshalInString decodes the JSON inside a JSON string into v, a pointer. It also takes JSON
// without the quotes, and null and "", which do not change v. Its errors are of type [*Error].
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
