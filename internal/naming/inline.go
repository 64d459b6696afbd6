package naming

import "github.com/wxgen/wxgen/internal/draft"

// Objects that are no components are named by package load, after the way to them: <parent><Field>.
// Their names matter here, since long ones are a reason to share, and since no component may have
// one.

const tooLong, tooDeep = 45, 3

// inline returns the Go name that an object has while it stands inline, and how deep it stands.
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

// shareLong makes components of objects whose inline names would be too long. Their fields get
// shorter names with it, so one round may be followed by another.
func (sh *sharing) shareLong() bool {
	found := false
	for _, u := range sh.uses {
		if u.Schema.IsEnum() || !sh.long(u) {
			continue
		}
		if out := u.Around(); out != nil && sh.long(out) {
			continue // the object around comes first, this round
		}
		sh.of[u].shared, found = true, true
	}
	return found
}

// long reports whether an object stands inline under a name that is too long, and can be shared.
func (sh *sharing) long(u *draft.Use) bool {
	if sh.of[u].shared || u.Embedded {
		return false
	}
	name, depth := sh.inline(u)
	return len(name) > tooLong || depth > tooDeep
}
