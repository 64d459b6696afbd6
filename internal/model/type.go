package model

// Kind is the kind of a named Go type.
type Kind int

const (
	Struct   Kind = iota
	Enum          // open: a string or int64 with constants
	Slice         // a named slice; only for JSON held in a string
	Envelope      // a webhook event: wxpay.Event plus a typed Resource
)

// Type is a named Go type.
type Type struct {
	Name     string // "PreOrderWithAuthRequest", "EmploymentType"
	Kind     Kind
	Doc      string // label or description, one or several lines; may be empty
	Fields   []*Field
	Base     string       // Enum: "string" or "int64"
	Values   []*EnumValue // Enum
	Elem     *TypeRef     // Slice
	InString bool         // encodes as a string that holds JSON
	Secrets  bool         // it or a type within holds a sensitive field
	// Checks is true for a type in a request that Validate has to check, itself or further down:
	// for a choice, a limit, a required string, enum of strings, Secret, Time, File, Raw or
	// pointer, or a required list with MinItems.
	Checks  bool
	Choices []*Choice // choices between fields
	// inline types of this one's fields, in order; printed right after it
	Inner []*Type
}

// Choice is a rule on optional fields of a struct: all fields of at least one branch must be set.
type Choice struct {
	Branches [][]*Field
	Exactly  bool // of one branch only
}

// EnumValue is one constant.
type EnumValue struct {
	Go   string // "EmploymentTypeLongTermEmployment"
	Wire string // "LONG_TERM_EMPLOYMENT", or the decimal digits of an integer
	Doc  string
}

// In is the location of a request field.
type In int

const (
	InBody In = iota
	InQuery
	InHeader
	InMeta // the JSON part of a multipart body
	InFile // the file part
)

// Field is a field of a struct.
type Field struct {
	Wire       string // "user_name"
	Go         string // "UserName"
	Type       *TypeRef
	In         In
	Required   bool
	OmitZero   bool // ,omitzero in the tag
	Doc        string
	Deprecated bool
	MinItems   int    // minimum of a required array; > 0 makes Validate check it
	Sensitive  bool   // Type is a Secret or a slice of them
	Format     string // "date", "int64", "date-time" …, for documentation
	Example    any    // decoded JSON; nil if none
}

// Base types of a TypeRef that is not named.
type Base int

const (
	Named  Base = iota // Ref says which
	String             // string
	Int                // int64
	Float              // float64
	Bool               // bool
	Time               // wxpay.Time
	Secret             // wxpay.Secret
	File               // wxpay.File
	Raw                // json.RawMessage: a value of any shape
	List               // []Elem
	Map                // map[string]Elem
)

// TypeRef is a use of a type.
type TypeRef struct {
	Base    Base
	Ref     *Type    // Named
	Elem    *TypeRef // List, Map
	Pointer bool
	Limits  *Limits // nil if there are none
}

// Named is the named type of a value, or of the elements of lists and maps; nil if there is none.
func (t *TypeRef) Named() *Type {
	for ; t != nil; t = t.Elem {
		if t.Base == Named {
			return t.Ref
		}
	}
	return nil
}

// Secret reports whether a value is a Secret, or a list of them.
func (t *TypeRef) Secret() bool {
	return t.Base == Secret || t.Base == List && t.Elem.Base == Secret
}

// Sensitive reports whether a value is or contains a Secret. It is valid once load has built all
// types.
func (t *TypeRef) Sensitive() bool {
	for t != nil && t.Elem != nil {
		t = t.Elem
	}
	return t != nil && (t.Base == Secret || t.Base == Named && t.Ref.Secrets)
}

// Scalar is the base type of a value; for an enum, that of its values.
func (t *TypeRef) Scalar() Base {
	if t.Base == Named && t.Ref.Kind == Enum {
		if t.Ref.Base == "int64" {
			return Int
		}
		return String
	}
	return t.Base
}

// Elements is the element type of a list or of a named list type; nil if t is no list.
func (t *TypeRef) Elements() *TypeRef {
	switch {
	case t.Base == List:
		return t.Elem
	case t.Base == Named && t.Ref.Kind == Slice:
		return t.Ref.Elem
	}
	return nil
}

// Bounded reports whether Validate checks a value's limits. An empty text is unset, so a minimum of
// one character is no limit. A limit on a Secret's ciphertext is not checked: sealing follows
// Validate, and the key decides the length.
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

// Holds reports whether Validate has something to check in the parts of a list, map or object.
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
