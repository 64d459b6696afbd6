package model

// Limits bound what a value may be. They are those of the description, whether or not Validate can
// check them.
type Limits struct {
	MinLength, MaxLength int  // of a string, in characters; a maximum of 0 is none
	Bytes                bool // lengths count bytes
	// lengths are those of the clear text; without it, of a Secret, those of the ciphertext
	Clear   bool
	Pattern string // of a string, as ECMA-262 writes it
	// what Pattern says, lengths apart, if that is one class of characters, as gen.Required.Only
	// takes it
	Class              string
	Minimum, Maximum   string // of a number, as JSON writes it; "" is none
	MinItems, MaxItems int    // of a list; a maximum of 0 is none
}

// Scalar is the base type, enums seen through.
func (t *TypeRef) Scalar() Base {
	if t.Base == Named && t.Ref.Kind == Enum {
		if t.Ref.Base == "int64" {
			return Int
		}
		return String
	}
	return t.Base
}

// Elements is the element type of a list, spelled out or named; nil if t is no list.
func (t *TypeRef) Elements() *TypeRef {
	switch {
	case t.Base == List:
		return t.Elem
	case t.Base == Named && t.Ref.Kind == Slice:
		return t.Ref.Elem
	}
	return nil
}

// Bounded reports whether Validate holds a value to its limits. An empty text is unset, so a
// minimum of one character is no bound of its own. A Secret's ciphertext is made after Validate,
// and as long as the platform's key wants it.
func (t *TypeRef) Bounded() bool {
	l := t.Limits
	if l == nil {
		return false
	}
	text := l.MinLength > 1 || l.MaxLength > 0 || l.Class != ""
	switch t.Scalar() {
	case String:
		return text
	case Secret:
		return text && l.Clear
	case Int, Float:
		return l.Minimum != "" || l.Maximum != ""
	}
	return t.Elements() != nil && (l.MinItems > 0 || l.MaxItems > 0)
}

// Holds reports whether Validate has something to check within a value: of what a list, map or
// object is made of.
func (t *TypeRef) Holds() bool {
	if t.Base == Named && t.Ref.Kind == Struct {
		return t.Ref.Checks
	}
	elem := t.Elements()
	if t.Base == Map {
		elem = t.Elem
	}
	return elem != nil &&
		(elem.Bounded() || elem.Holds() || elem.Limits != nil && elem.Limits.MinLength > 0)
}
