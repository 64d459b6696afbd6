package page

import (
	"strings"
)

// Row is one row of a table: a field.
type Row struct {
	Line int
	Name string // "transfer_detail_list"
	// string, integer, number, boolean, object; a page's number is an integer unless its example
	// has a fraction
	Type     string
	Array    bool // …[]
	Required bool
	Unknown  bool // plain text: whether it is required is not known
	// plain text: a question about other unknown facts; "" if there is none
	Doubt     string
	Unplaced  bool // plain text: whether it belongs to this object is not known
	Encrypted bool // by-rsa-pubkey: sensitive
	Encoded   bool // a string of JSON: Rows are the fields inside
	Label     string
	Enum      []EnumValue
	Format    string // "date-time", "date": from corrections, from the text, or from the example
	Limits    Limits
	Partial   bool   // Rows come from a sample: there may be others
	Rows      []*Row // fields of an object, of an array's objects, or of the JSON in a string
	text      string // official pages: the whole text beside it
	fileLike  bool   // official pages: it has the type of a file
	sample    sealing
}

// Limits are the limits on a page; 0 means none.
type Limits struct {
	MinLength, MaxLength int
	Bytes                bool // lengths count bytes
	MinItems, MaxItems   int
	Maximum              int
}

// EnumValue is one value that a page lists for a field.
type EnumValue struct{ Value, Label string }

// sealing is the evidence of a sample for encryption.
type sealing int

func (r *Row) spelled() string {
	if r.Array {
		return r.Type + "[]"
	}
	return r.Type
}

// setType sets the type from a page's text, if that is one.
func (r *Row) setType(text string) bool {
	base, array := strings.CutSuffix(text, "[]")
	for _, t := range types {
		if t == base {
			r.Type, r.Array = t, array
			return true
		}
	}
	return false
}

var types = []string{"string", "integer", "number", "boolean", "object"}

func (r *Row) doubt(what string) {
	if r.Doubt == "" {
		r.Doubt = what
	}
}

// ask adds a question about a row.
func (r *Row) ask(question string) {
	if r.Doubt == "" {
		r.Doubt = question
	} else if !strings.Contains(r.Doubt, question) {
		r.Doubt += " " + question
	}
}

// doubtOwner marks a row whose object is uncertain.
func (r *Row) doubtOwner(what string) {
	r.Unplaced = true
	r.doubt(what)
}

func findRow(rows []*Row, name string) *Row {
	for _, r := range rows {
		if r.Name == name {
			return r
		}
	}
	return nil
}

func findValue(values []EnumValue, value string) *EnumValue {
	for i := range values {
		if values[i].Value == value {
			return &values[i]
		}
	}
	return nil
}

// unique keeps the first of equal values.
func unique(values []EnumValue) []EnumValue {
	var out []EnumValue
	for _, v := range values {
		if findValue(out, v.Value) == nil {
			out = append(out, v)
		}
	}
	return out
}
