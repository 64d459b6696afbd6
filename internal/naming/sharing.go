package naming

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/draft"
)

// What becomes an entry of components/schemas.
//
// Every enum of strings does: its constants carry the type's name, so that should be short. An
// object does when the same shape stands in two places of a service, and when the name it would
// have inline (<parent><Field>, whole) gets too long. The same shape means the same fields, types,
// marks and values; labels may differ, and each use keeps its own. Small shapes must share the
// field's name too, for two fields of {name, value} have little else in common.
//
// A shape whose Go type depends on its use (package load makes optional numbers and booleans
// pointers in requests alone) gets one entry for requests and one for responses, the latter under
// the same name with Result at its end.

// shape is all uses of one shape.
type shape struct {
	key    string
	uses   []*draft.Use
	first  int    // of the uses, by number
	twin   *shape // the same in requests, if this is for responses
	shared bool   // it is a component
	known  string // what it is called in the description; "" if it is not there
	name   string // of the component, once it has one
}

func (s *shape) enum() bool { return s.uses[0].Schema.IsEnum() }

// sharing knows the shapes of a description, and which of them are components.
type sharing struct {
	uses   []*draft.Use
	shapes []*shape // by their first use
	of     map[*draft.Use]*shape
}

// Key says which uses share a type: they have the same key. The field is in the singular.
func Key(s *draft.Schema, field string, response bool) string {
	k := s.Key()
	if len(s.Props) < 4 && len(s.Enum) < 4 {
		k = field + " " + k
	}
	if s.Bends() && response {
		k += responseOnly
	}
	return k
}

const responseOnly = " <-"

// fieldOf is the name of one item of a field: the singular, without the word list.
func fieldOf(name string) string {
	words := split(name)
	if n := len(words); n > 1 && strings.EqualFold(words[n-1], "list") {
		name = strings.Join(words[:n-1], "_")
	}
	return singular(name)
}

// newSharing sorts uses by shape. Known are the components of the description, by key.
func newSharing(uses []*draft.Use, known map[string]string) *sharing {
	sh := &sharing{uses: uses, of: map[*draft.Use]*shape{}}
	byKey := map[string]*shape{}
	for i, u := range uses {
		k := Key(u.Schema, fieldOf(u.Field()), u.Response)
		s := byKey[k]
		if s == nil {
			s = &shape{key: k, first: i, known: known[k]}
			byKey[k] = s
			sh.shapes = append(sh.shapes, s)
		}
		s.uses = append(s.uses, u)
		sh.of[u] = s
	}
	for _, s := range sh.shapes {
		if request, ok := strings.CutSuffix(s.key, responseOnly); ok {
			s.twin = byKey[request]
		}
	}
	return sh
}

// decide marks the shapes that stand in two places. Outer shapes come first, since what stands in a
// shared object stands in one place.
func (sh *sharing) decide() {
	all := slices.Clone(sh.shapes)
	slices.SortStableFunc(all, func(a, b *shape) int {
		return cmp.Compare(b.uses[0].Schema.Height(), a.uses[0].Schema.Height())
	})
	for _, s := range all {
		s.shared = false
	}
	for _, s := range all {
		places, embedded := map[string]bool{}, false
		for _, u := range s.uses {
			places[sh.place(u)] = true
			embedded = embedded || u.Embedded
		}
		s.shared = !embedded && (s.known != "" || s.enum() || len(places) > 1)
	}
}

// place is where a use stands: in a shared object around it, or in its own operation.
func (sh *sharing) place(u *draft.Use) string {
	for out := u.Around(); out != nil; out = out.Around() {
		if s := sh.of[out]; s.shared {
			return s.key + "/" + strings.Join(u.Fields[len(out.Fields):], "/")
		}
	}
	side := ">"
	if u.Response {
		side = "<"
	}
	return u.Owner.Place + side + strings.Join(u.Fields, "/")
}
