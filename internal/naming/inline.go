package naming

import "github.com/wxgen/wxgen/internal/draft"

// Package load names objects that are no components after their path: <parent><Field>. These names
// matter here: an object with a long one becomes a component, and no component may have one of
// them.

const tooLong, tooDeep = 45, 3

// inline returns the Go name of an object while it is inline, and its depth.
func (sh *sharing) inline(u *draft.Use) (string, int) {
	field := Exported(u.Field())
	out := u.Around()
	if out == nil {
		side := "Request"
		if u.Response {
			side = "Response"
		}
		return u.Owner.ID + side + field, 1
	}
	if s := sh.of[out]; s.shared {
		return s.name + field, 1
	}
	name, depth := sh.inline(out)
	return name + field, depth + 1
}

// shareLong makes components of objects whose inline names would be too long. That shortens the
// names of their fields, so another round may follow.
func (sh *sharing) shareLong() bool {
	found := false
	for _, u := range sh.uses {
		if u.Schema.IsEnum() || !sh.long(u) {
			continue
		}
		if out := u.Around(); out != nil && sh.long(out) {
			continue // the object around goes first, in this round
		}
		sh.of[u].shared, found = true, true
	}
	return found
}

// long reports whether an inline object's name is too long and the object can be shared.
func (sh *sharing) long(u *draft.Use) bool {
	if sh.of[u].shared || u.Embedded {
		return false
	}
	name, depth := sh.inline(u)
	return len(name) > tooLong || depth > tooDeep
}
