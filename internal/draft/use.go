package draft

import "slices"

// Owner is the operation or notification that types are named after.
type Owner struct {
	ID      string   // operationId
	Subject string   // "Transaction"
	Context []string // "partner"
	Prefix  string   // prefix of all its type names: the family of a notification
	Place   string   // unique: method and path
}

// Use is a place where an object or an enum of strings stands.
type Use struct {
	Schema   *Schema // for a list, its elements
	Owner    *Owner
	Fields   []string // the fields from the body to here
	Outer    *Use     // the object around; nil for the body, and for the root of a new field
	Response bool
	Embedded bool // the JSON inside a string: its type marshals itself, so others cannot share it
}

// Field is the name of the field of the use.
func (u *Use) Field() string { return u.Fields[len(u.Fields)-1] }

// Around returns the object around a use; nil if that is the body, which cannot have a name of its
// own.
func (u *Use) Around() *Use {
	if u.Outer == nil || len(u.Outer.Fields) == 0 {
		return nil
	}
	return u.Outer
}

// Uses are the uses in several bodies and parameters, outer ones first.
type Uses []*Use

// Add collects the uses below a body, or below the parameter or field at the end of way.
func (us *Uses) Add(o *Owner, response bool, root *Schema, way ...string) {
	us.walk(Use{Schema: root, Owner: o, Fields: way, Response: response})
}

func (us *Uses) walk(u Use) {
	u.Schema = u.Schema.Leaf()
	s := u.Schema
	if s.IsEnum() || len(s.Props) > 0 && len(u.Fields) > 0 {
		*us = append(*us, &u)
	}
	if s.Content != nil {
		inner := u
		inner.Schema, inner.Embedded = s.Content, true
		us.walk(inner)
	}
	for _, p := range s.Props {
		us.walk(Use{Schema: p.Schema, Owner: u.Owner, Fields: append(slices.Clip(u.Fields), p.Name),
			Outer: &u, Response: u.Response})
	}
}
