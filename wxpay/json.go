package wxpay

import (
	"bytes"
	"encoding/json"
)

var null = []byte("null")

// marshal encodes v without escaping <, > and &: WeChat Pay signs and compares what people wrote.
func marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	if err := encode(&buf, v); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func encode(buf *bytes.Buffer, v any) error {
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	buf.Truncate(buf.Len() - 1) // the encoder's line feed
	return nil
}

// MarshalInString encodes v as JSON and that as a JSON string: the form of fields that hold JSON in a string. Generated
// MarshalJSON methods call it.
func MarshalInString(v any) ([]byte, error) {
	inner, err := marshal(v)
	if err != nil {
		return nil, err
	}
	return marshal(string(inner))
}

// UnmarshalInString decodes JSON held in a JSON string into v, a pointer. It also takes the JSON itself, null, and "",
// which leave v alone or hold what a server forgot to quote. Fields that do not decode give a [*DecodeError]; v then holds the others.
func UnmarshalInString(b []byte, v any) error {
	if bytes.Equal(b, null) {
		return nil
	}
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		if s == "" {
			return nil
		}
		b = []byte(s)
	}
	if d := decode(b, v); d != nil {
		return d
	}
	return nil
}
