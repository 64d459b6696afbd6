package known

import (
	"regexp"
)

// Description holds the facts of descriptions. A nil one knows nothing.
type Description struct {
	operations map[string]*Operation
	events     map[string]*Object
	secrets    map[string]bool // names of strings that are sealed somewhere
	clear      map[string]bool // names of strings that are in clear somewhere
	// names of objects: their fields anywhere; "" is a body itself
	holds map[string]map[string]bool
}

// Operation is the request and the reply of an operation.
type Operation struct {
	Params   map[string]*Field // of query and header
	Body     *Object           // nil if there is none; the parts of an upload
	Response *Object           // nil if it is empty or a file
}

// Object is a value with fields.
type Object struct {
	Fields map[string]*Field
}

// Field is one field of an object.
type Field struct {
	Name      string
	Type      string // string, integer, number, boolean or object; of a list, that of its items
	Array     bool
	Label     string
	Required  bool
	Sensitive bool
	Encoded   bool    // the object travels as JSON in a string
	Object    *Object // the object, or a list's item; nil if it has no fields
}

// Operation finds an operation, whatever the names of its path parameters; nil if it is unknown.
func (d *Description) Operation(method, path string) *Operation {
	if d == nil {
		return nil
	}
	return d.operations[method+" "+Template(path)]
}

// Event finds the resource of a notification; nil if it is unknown.
func (d *Description) Event(name string) *Object {
	if d == nil {
		return nil
	}
	return d.events[name]
}

// Sealed reports whether a field of that name is sealed somewhere, and whether it is in clear
// somewhere.
func (d *Description) Sealed(name string) (sealed, inClear bool) {
	if d == nil {
		return false, false
	}
	return d.secrets[name], d.clear[name]
}

// Holds reports whether an object of that name has a field of that name anywhere; "" stands for a
// body. Known reports whether there is such an object at all.
func (d *Description) Holds(object, field string) (holds, known bool) {
	if d == nil {
		return false, false
	}
	fields := d.holds[object]
	return fields[field], fields != nil
}

// Field looks a field up; nil if there is none.
func (o *Object) Field(name string) *Field {
	if o == nil {
		return nil
	}
	return o.Fields[name]
}

// Inside is the object in a field; nil if it has no fields.
func (f *Field) Inside() *Object {
	if f == nil {
		return nil
	}
	return f.Object
}

var braces = regexp.MustCompile(`\{[^}]*\}`)

// Template is a path without the names of its parameters.
func Template(path string) string { return braces.ReplaceAllString(path, "{}") }
