package wire

import (
	"encoding"
	"encoding/json"
	"reflect"
)

// Sealed is a value that travels encrypted.
type Sealed interface {
	MarshalText() ([]byte, error) // the ciphertext, or fault.ErrUnsealed
	Sealed() string
	Serial() string // of the platform key, if known
}

// zeroer decides for fields tagged "omitzero".
type zeroer interface{ IsZero() bool }

// readMethod is the method for reading of a pointer to the type.
type readMethod uint8

const (
	readsPlainly readMethod = iota
	readsText               // UnmarshalText
	readsJSON               // UnmarshalJSON
)

// writeMethod says whether the type or only its pointer has a method for writing.
type writeMethod uint8

const (
	nobodyWrites writeMethod = iota
	pointerWrites
	valueWrites
)

// applies reports whether the method can be called on v.
func (m writeMethod) applies(v reflect.Value) bool {
	return m == valueWrites || m == pointerWrites && v.CanAddr()
}

var (
	jsonUnmarshaler = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
	jsonMarshaler   = reflect.TypeFor[json.Marshaler]()
	textMarshaler   = reflect.TypeFor[encoding.TextMarshaler]()
	zeroAsker       = reflect.TypeFor[zeroer]()
	jsonNumber      = reflect.TypeFor[json.Number]()
	anyType         = reflect.TypeFor[any]()
	sealedType      = reflect.TypeFor[Sealed]()
)

// reading ignores the method that a struct without a name gets from an embedded one: the method
// would not read the other fields.
func reading(t reflect.Type) readMethod {
	switch to := reflect.PointerTo(t); {
	case t.Name() == "":
		return readsPlainly
	case to.Implements(jsonUnmarshaler):
		return readsJSON
	case to.Implements(textUnmarshaler):
		return readsText
	}
	return readsPlainly
}

func writing(t, marshaler reflect.Type) writeMethod {
	switch {
	case t.Implements(marshaler):
		return valueWrites
	case reflect.PointerTo(t).Implements(marshaler):
		return pointerWrites
	}
	return nobodyWrites
}
