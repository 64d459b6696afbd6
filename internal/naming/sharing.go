package naming

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/draft"
)

// The rule for entries of components/schemas.
//
// Every enum of strings becomes one: its constants have the type's name as prefix, which should be
// short. An object becomes one if the same shape is in two places of a service, or if its inline
// name (<parent><Field>, whole) is too long. The same shape means the same fields, types, marks and
// values; labels may differ, and each use keeps its own. Small shapes must share the field's name
// too, for two fields of {name, value} have little else in common.
//
// The Go type of some shapes depends on their use: package load makes optional numbers and booleans
// pointers in requests alone. Such a shape gets one entry for requests and one for responses, with
// the same name and Result at its end.

// shape holds all uses of one shape.
type shape struct {
	key    string
	uses   []*draft.Use
	first  int    // index of the first use
	twin   *shape // the same shape in requests, for a shape in responses
	shared bool   // it is a component
	known  string // its name in the description; "" if the description lacks it
	name   string // the component's name, once it is chosen
}

func (s *shape) enum() bool { return s.uses[0].Schema.IsEnum() }

// sharing holds the shapes of a description, and decides which are components.
type sharing struct {
	uses   []*draft.Use
	shapes []*shape // by their first use
	of     map[*draft.Use]*shape
}

// Key is equal for uses that share a type. The field is in the singular.
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

// fieldOf is a field's name for one item: the singular, without the word list.
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

// decide marks the shapes with two places. Outer shapes go first, since a shape inside a shared
// object has one place.
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

// place is the place of a use: a shared object around it, or its own operation.
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
