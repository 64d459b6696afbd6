package wxpay

import "bytes"

var null = []byte("null")

// MarshalInString encodes v as JSON and that as a JSON string: the form of fields that hold JSON in a string. Generated
// MarshalJSON methods call it.
func MarshalInString(v any) ([]byte, error) {
	inner, err := appendJSON(nil, v)
	if err != nil {
		return nil, err
	}
	return appendText(nil, inner), nil
}

// UnmarshalInString decodes JSON held in a JSON string into v, a pointer. It also takes the JSON itself, null, and "",
// which leave v alone or hold what a server forgot to quote. Fields that do not decode give a [*DecodeError]; v then holds the others.
func UnmarshalInString(b []byte, v any) error {
	if bytes.Equal(b, null) {
		return nil
	}
	if text, ok := unquote(b); ok {
		if len(text) == 0 {
			return nil
		}
		b = text
	}
	if d := decode(b, v); d != nil {
		return d
	}
	return nil
}
