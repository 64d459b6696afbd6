package naming

import "github.com/wxgen/wxgen/internal/draft"

// Objects that are no components are named by package load, after the way to them: <parent><Field>.
// Their names matter here, since long ones are a reason to share, and since no component may have
// one.

const tooLong, tooDeep = 45, 3

// inline returns the Go name that an object has while it stands inline, and how deep it stands.
func (n *namer) inline(u *draft.Use) (string, int) {
	field := Exported(u.Field())
	out := u.Around()
	if out == nil {
		side := "Request"
		if u.Response {
			side = "Response"
		}
		return u.Owner.ID + side + field, 1
	}
	if s := n.of[out]; s.shared {
		return s.name + field, 1
	}
	name, depth := n.inline(out)
	return name + field, depth + 1
}

// shareLong makes components of objects whose inline names would be monstrous. Their fields get
// shorter names with it, so one round may be followed by another.
func (n *namer) shareLong() bool {
	found := false
	for _, u := range n.uses {
		if u.Schema.IsEnum() || !n.long(u) {
			continue
		}
		if out := u.Around(); out != nil && n.long(out) {
			continue // the object around comes first, this round
		}
		n.of[u].shared, found = true, true
	}
	return found
}

// long reports whether an object stands inline under a name that is too long, and can be shared.
func (n *namer) long(u *draft.Use) bool {
	if n.of[u].shared || u.Embedded {
		return false
	}
	name, depth := n.inline(u)
	return len(name) > tooLong || depth > tooDeep
}

// banInline finds components that have the name of an inline type, bans these names and forgets all
// that it gave.
func (n *namer) banInline() bool {
	inline := map[string]bool{}
	for _, u := range n.uses {
		if !n.of[u].shared && !u.Schema.IsEnum() {
			name, _ := n.inline(u)
			inline[name] = true
		}
	}
	found := false
	for _, s := range n.shapes {
		found = found || s.name != "" && inline[s.name]
	}
	if !found {
		return false
	}
	for _, s := range n.shapes {
		if s.known == "" && s.name != "" {
			delete(n.taken, s.name)
		}
		s.name = ""
	}
	for name := range inline {
		n.taken[name] = true
	}
	return true
}
