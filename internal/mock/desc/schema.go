package desc

import "encoding/json"

// Schema is the shape of a value.
type Schema struct {
	// "string", "integer", "number", "boolean", "array", "object", or "" for any type
	Type      string            `json:"t,omitempty"`
	Format    string            `json:"f,omitempty"`
	Fields    []Field           `json:"p,omitempty"`
	ItemsAt   int               `json:"i,omitempty"`
	ExtraAt   int               `json:"x,omitempty"` // of additional fields of an object
	InsideAt  int               `json:"c,omitempty"` // of the JSON inside a string
	Enum      []json.RawMessage `json:"e,omitempty"`
	Sensitive bool              `json:"s,omitempty"`
	MinLength int               `json:"n,omitempty"`
	MaxLength int               `json:"m,omitempty"`
	Bytes     bool              `json:"b,omitempty"` // lengths count bytes
	// lengths are those of a sealed string's clear text
	Clear    bool            `json:"cl,omitempty"`
	Pattern  string          `json:"r,omitempty"`
	Minimum  string          `json:"lo,omitempty"`
	Maximum  string          `json:"hi,omitempty"`
	MinItems int             `json:"ni,omitempty"`
	MaxItems int             `json:"mi,omitempty"`
	Choices  []Choice        `json:"h,omitempty"`
	File     string          `json:"d,omitempty"` // in an upload's meta: "name", "sha256", "sm3"
	Example  json.RawMessage `json:"ex,omitempty"`

	Items  *Schema `json:"-"`
	Extra  *Schema `json:"-"`
	Inside *Schema `json:"-"`
	seals  bool
}

// Field is a field of an object.
type Field struct {
	Name     string `json:"n"`
	Label    string `json:"l,omitempty"`
	Required bool   `json:"r,omitempty"`
	At       int    `json:"a"`

	Schema *Schema `json:"-"`
}

// Field finds a field of an object; nil if there is none.
func (s *Schema) Field(name string) *Field {
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return &s.Fields[i]
		}
	}
	return nil
}

// Open reports whether the object may have any fields.
func (s *Schema) Open() bool { return len(s.Fields) == 0 && s.Extra == nil }

// Seals reports whether the value or a part of it is sealed.
func (s *Schema) Seals() bool { return s.seals }

// table resolves the numbers of schemas in a file; 0 means none.
type table []*Schema

func (t table) at(n int) *Schema {
	if n < 1 || n > len(t) {
		return nil
	}
	return t[n-1]
}

func (t table) resolve() {
	for _, s := range t { // children precede their parents
		s.Items, s.Extra, s.Inside = t.at(s.ItemsAt), t.at(s.ExtraAt), t.at(s.InsideAt)
		s.seals = s.Sensitive
		for _, part := range []*Schema{s.Items, s.Extra, s.Inside} {
			s.seals = s.seals || part != nil && part.seals
		}
		for i := range s.Fields {
			s.Fields[i].Schema = t.at(s.Fields[i].At)
			s.seals = s.seals || s.Fields[i].Schema.seals
		}
	}
}
