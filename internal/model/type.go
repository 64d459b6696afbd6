package model

// Kind says what a named Go type is made of.
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
	InString bool         // travels as a string that holds JSON
	Secrets  bool         // holds a sensitive field, itself or further down
	// Checks says that the type is part of a request, and that Validate has something to check in
	// it or further down: a choice, a limit, a required string, enum of strings, Secret, Time,
	// File, Raw or pointer, or a required list with MinItems.
	Checks  bool
	Choices []*Choice // fields of which one must stand in for the other
	// inline types declared by this one's fields, in order, to be printed right after it
	Inner []*Type
}

// Choice is a rule on fields of a struct that are optional each by itself: of the branches one must
// be set, all of it.
type Choice struct {
	Branches [][]*Field
	Exactly  bool // one branch and no other
}

// EnumValue is one constant.
type EnumValue struct {
	Go   string // "EmploymentTypeLongTermEmployment"
	Wire string // "LONG_TERM_EMPLOYMENT", or the decimal digits of an integer
	Doc  string
}

// In says where a request field travels.
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
	MinItems   int    // of a required array; > 0 means that Validate wants one
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

// Named is the named type in a value: itself, or what lists and maps of it are made of; nil if
// there is none.
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

// Sensitive reports whether a value is a Secret, or holds one. What types hold is known once load
// has built all of them.
func (t *TypeRef) Sensitive() bool {
	for t != nil && t.Elem != nil {
		t = t.Elem
	}
	return t != nil && (t.Base == Secret || t.Base == Named && t.Ref.Secrets)
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
