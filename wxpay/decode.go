package wxpay

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Reasons for a [*DecodeError] that concerns the whole body.
var (
	// ErrEmptyBody says that a reply that should have content has none.
	ErrEmptyBody = errors.New("empty body")
	// ErrMalformedJSON says that the body is not JSON.
	ErrMalformedJSON = errors.New("malformed JSON")
)

// DecodeError says that a reply, though verified, does not decode in whole. What happened at WeChat Pay did happen; the result
// holds every field that is not listed here.
type DecodeError struct {
	Operation string
	RequestID string
	Serial    string       // of the key that signed the reply; empty if none did
	Fields    []FieldError // in the order of the type
	Err       error        // ErrEmptyBody or ErrMalformedJSON, if there is no field to name
}

// FieldError is one field that does not decode, or does not decrypt.
type FieldError struct {
	Path    string // on the wire, as "amount.total"; "" for the body as a whole
	Problem string // as "want an integer, got a string"; never the value
}

// String returns "path: problem".
func (f FieldError) String() string {
	if f.Path == "" {
		return "body: " + f.Problem
	}
	return f.Path + ": " + f.Problem
}

// Error names operation, every field with its problem, and request id.
func (e *DecodeError) Error() string {
	var b strings.Builder
	b.WriteString("wxpay: ")
	if e.Operation != "" {
		b.WriteString(e.Operation + ": ")
	}
	b.WriteString("reply does not decode")
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	for i, f := range e.Fields {
		if i > 0 {
			b.WriteByte(';')
		} else {
			b.WriteByte(':')
		}
		b.WriteString(" " + f.String())
	}
	if e.Serial != "" {
		fmt.Fprintf(&b, " (serial %.64q)", e.Serial)
	}
	if e.RequestID != "" {
		b.WriteString(" (request id " + oneLine(e.RequestID) + ")")
	}
	return b.String()
}

// Unwrap returns ErrEmptyBody, ErrMalformedJSON or nil.
func (e *DecodeError) Unwrap() error { return e.Err }

// wantError is a decoding fault whose text is free of values, so that it may be shown.
type wantError string

func (e wantError) Error() string { return "want " + string(e) }

// decode reads data into out, a pointer. encoding/json is asked first; where it stops at a field, as it does at the first
// failing UnmarshalJSON, a second, slower pass reads everything else and names what it could not read.
func decode(data []byte, out any) *DecodeError {
	err := json.Unmarshal(data, out)
	if err == nil {
		return nil
	}
	data = bytes.TrimSpace(data)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok && !json.Valid(data) {
		return &DecodeError{Err: fmt.Errorf("%w at byte %d", ErrMalformedJSON, syntax.Offset)}
	}
	v := reflect.ValueOf(out).Elem()
	v.SetZero()
	var s salvage
	s.value(nil, data, v, 0)
	if len(s.faults) == 0 { // the passes disagree; believe the first
		s.faults = []FieldError{{Problem: "does not fit " + v.Type().String()}}
	}
	return &DecodeError{Fields: s.faults}
}

// salvage decodes what can be decoded and collects the rest.
type salvage struct{ faults []FieldError }

// maxFaults keeps a long list of the wrong kind from making an error longer than itself.
const maxFaults = 50

// maxSalvageDepth keeps a deep reply from being scanned once per level.
const maxSalvageDepth = 64

func (s *salvage) value(path []byte, raw json.RawMessage, v reflect.Value, depth int) {
	kind := jsonKind(raw)
	_, custom := v.Addr().Interface().(json.Unmarshaler)
	switch {
	case custom || kind == "null" || depth > maxSalvageDepth:
		s.leaf(path, raw, v)
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		s.value(path, raw, v.Elem(), depth+1)
	case v.Kind() == reflect.Struct && kind == "an object":
		s.object(path, raw, v, depth+1)
	case v.Kind() == reflect.Slice && kind == "an array":
		s.list(path, raw, v, depth+1)
	case v.Kind() == reflect.Map && v.Type().Key().Kind() == reflect.String && kind == "an object":
		s.mapping(path, raw, v, depth+1)
	default:
		s.leaf(path, raw, v)
	}
}

func (s *salvage) object(path []byte, raw json.RawMessage, v reflect.Value, depth int) {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		s.leaf(path, raw, v)
		return
	}
	s.members(path, members, v, depth)
}

func (s *salvage) members(path []byte, members map[string]json.RawMessage, v reflect.Value, depth int) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		tag := f.Tag.Get("json")
		if f.Anonymous && tag == "" && f.Type.Kind() == reflect.Struct {
			s.members(path, members, v.Field(i), depth)
			continue
		}
		if !f.IsExported() || tag == "-" {
			continue
		}
		name, flags, _ := strings.Cut(tag, ",")
		if name == "" {
			name = f.Name
		}
		if raw, ok := member(members, name); ok {
			if strings.Contains(flags, "string") {
				raw = unquote(raw)
			}
			s.value(appendStep(slices.Clip(path), name, -1), raw, v.Field(i), depth)
		}
	}
}

// unquote returns what a number or boolean tagged "string" holds.
func unquote(raw json.RawMessage) json.RawMessage {
	var s string
	if json.Unmarshal(raw, &s) == nil && json.Valid([]byte(s)) {
		return json.RawMessage(s)
	}
	return raw
}

// member looks a name up as encoding/json does: exactly, else by any case.
func member(members map[string]json.RawMessage, name string) (json.RawMessage, bool) {
	if raw, ok := members[name]; ok {
		return raw, true
	}
	for key, raw := range members {
		if strings.EqualFold(key, name) {
			return raw, true
		}
	}
	return nil, false
}

func (s *salvage) list(path []byte, raw json.RawMessage, v reflect.Value, depth int) {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		s.leaf(path, raw, v)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	for i, item := range items {
		s.value(appendStep(slices.Clip(path), "", i), item, v.Index(i), depth)
	}
}

func (s *salvage) mapping(path []byte, raw json.RawMessage, v reflect.Value, depth int) {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		s.leaf(path, raw, v)
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(members)))
	for name, raw := range members {
		elem := reflect.New(v.Type().Elem()).Elem()
		// A key is content that the sender chose, so it is not named.
		s.value(appendStep(slices.Clip(path), "*", -1), raw, elem, depth)
		v.SetMapIndex(reflect.ValueOf(name).Convert(v.Type().Key()), elem)
	}
}

// leaf decodes what is not taken apart further.
func (s *salvage) leaf(path []byte, raw json.RawMessage, v reflect.Value) {
	err := json.Unmarshal(raw, v.Addr().Interface())
	if err == nil {
		return
	}
	if inner, ok := errors.AsType[*DecodeError](err); ok && len(inner.Fields) > 0 { // JSON in a string: its faults lie below this path
		for _, f := range inner.Fields {
			s.fault(joinPath(path, f.Path), f.Problem)
		}
		return
	}
	want, known := errors.AsType[wantError](err)
	switch {
	case known:
		s.fault(string(path), want.Error())
	case errors.Is(err, ErrMalformedJSON):
		s.fault(string(path), "the string holds "+ErrMalformedJSON.Error())
	default:
		s.fault(string(path), "want "+goKind(v.Type())+", got "+jsonKind(raw))
	}
}

func (s *salvage) fault(path, problem string) {
	if len(s.faults) < maxFaults {
		s.faults = append(s.faults, FieldError{Path: path, Problem: problem})
	}
}

func joinPath(path []byte, below string) string {
	if len(path) == 0 || below == "" || below[0] == '[' {
		return string(path) + below
	}
	return string(path) + "." + below
}

// jsonKind names the kind of a JSON value.
func jsonKind(raw json.RawMessage) string {
	if len(raw) == 0 {
		return "nothing"
	}
	switch c := raw[0]; {
	case c == '{':
		return "an object"
	case c == '[':
		return "an array"
	case c == '"':
		return "a string"
	case c == 't' || c == 'f':
		return "a boolean"
	case c == 'n':
		return "null"
	}
	return "a number"
}

// goKind names the JSON that a Go type is read from.
func goKind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "an integer"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "a boolean"
	case reflect.Slice, reflect.Array:
		return "an array"
	case reflect.Pointer:
		return goKind(t.Elem())
	}
	return "an object"
}
