package gen

import "github.com/wxgen/wxgen/wxpay/internal/fault"

// Secret is a wxpay.Secret.
type Secret interface {
	IsZero() bool
	Sealed() string // the ciphertext; "" if there is only clear text
	Serial() string
}

// SecretField is a *wxpay.Secret.
type SecretField interface {
	Secret
	UnmarshalJSON([]byte) error
}

// Visitor receives each sensitive field; index is -1 unless the field is an element of a list.
type Visitor interface {
	Visit(at *fault.Place, name string, index int, v SecretField)
}

// Secrets walks the sensitive fields of a request to seal them, or of a reply to open them.
// Generated secrets methods call it; your own types with Secrets can call it, too.
type Secrets struct {
	place   fault.Place
	visitor Visitor
}

// WalkSecrets returns a walk at the root of a value.
func WalkSecrets(v Visitor) Secrets { return Secrets{visitor: v} }

// Field seals or opens the field called name.
func (s *Secrets) Field(name string, v SecretField) { s.visitor.Visit(&s.place, name, -1, v) }

// Element seals or opens element i of the list called name.
func (s *Secrets) Element(name string, i int, v SecretField) {
	s.visitor.Visit(&s.place, name, i, v)
}

// Enter steps into the object called name.
func (s *Secrets) Enter(name string) { s.place.Enter(name, -1) }

// Item steps into element i of the list called name.
func (s *Secrets) Item(name string, i int) { s.place.Enter(name, i) }

// Leave steps out of the last object or list element.
func (s *Secrets) Leave() { s.place.Leave() }
