package naming

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/names"
)

// The names of entries of components/schemas.
//
// The name is that of the field, in the singular. If several shapes want the same name, the one
// with most uses keeps it. The others get one of these before it, the first that gives a free name:
// the object around them (PromotionGoodsDetail), the thing the operation is about
// (TransactionAmount), the corner of the service (PartnerAmount), the operation itself
// (CloseOrderAmount). Vague words (type, state, data, list …) always get the object or thing before
// them. Names in the description never change: an import avoids them.

// Components decides which shapes become components, names them and sets the component of every
// use. Known are the components of the description, by the key of their shape. It returns the new
// ones, enums first, by name, and adds their names to taken.
func Components(uses []*draft.Use, known map[string]string,
	taken map[string]bool) []*draft.Component {
	n := &namer{newSharing(uses, known), taken}
	for range 8 { // a name may turn out to be that of an inline type, which takes it
		n.decide()
		n.nameShared()
		for n.shareLong() {
			n.nameShared()
		}
		if !n.banInline() {
			break
		}
	}
	return n.components()
}

// namer names shared shapes.
type namer struct {
	*sharing
	taken map[string]bool
}

// nameShared names the shared shapes without a name, most used ones first.
func (n *namer) nameShared() {
	var nameless []*shape
	for _, s := range n.shapes {
		if s.shared && s.name == "" {
			s.name = s.known
			nameless = append(nameless, s)
		}
	}
	slices.SortStableFunc(nameless, func(a, b *shape) int {
		return cmp.Or(cmp.Compare(len(a.twinKey()), len(b.twinKey())),
			cmp.Compare(len(b.uses), len(a.uses)))
	})
	for _, s := range nameless {
		if s.name == "" {
			s.name = n.free(s)
			n.taken[s.name] = true
		}
	}
}

// twinKey orders shapes for responses behind those for requests.
func (s *shape) twinKey() string {
	key, _ := strings.CutSuffix(s.key, responseOnly)
	if key == s.key {
		return ""
	}
	return key
}

// free returns the best free name.
func (n *namer) free(s *shape) string {
	candidates := candidates(s)
	for _, name := range candidates {
		if name != "" && !n.taken[name] && n.constantsFree(s, name) {
			return name
		}
	}
	name := candidates[len(candidates)-1] // all are taken
	for n.taken[name] {
		name += "Value"
	}
	return name
}

// constantsFree reports whether no constant of an enum would get the name of a type.
func (n *namer) constantsFree(s *shape, name string) bool {
	for _, v := range s.uses[0].Schema.Enum {
		if c, err := names.Constant(name, v.Value); err == nil && n.taken[c] {
			return false
		}
	}
	return true
}

// FieldsFor guesses the fields behind a component's name: OrderState may come from state and
// order_state.
func FieldsFor(name string) []string {
	var words []string
	start := 0
	for i := 1; i <= len(name); i++ {
		if i == len(name) || upper(name[i]) && !upper(name[i-1]) {
			words = append(words, strings.ToLower(name[start:i]))
			start = i
		}
	}
	var out []string
	for i := range words {
		out = append(out, strings.Join(words[i:], "_"), strings.Join(words[i:], "-"))
	}
	return out
}

// components sets the component of every use and returns the new ones, enums first, by name.
func (n *namer) components() []*draft.Component {
	var out []*draft.Component
	for _, s := range n.shapes {
		if !s.shared {
			continue
		}
		c := &draft.Component{Name: s.name, Schema: bestOf(s.uses)}
		for _, u := range s.uses {
			u.Schema.Ref = c
		}
		if s.known == "" {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *draft.Component) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Name, b.Name))
	})
	return out
}

func rank(c *draft.Component) int {
	if c.Schema.IsEnum() {
		return 0
	}
	return 1
}

// bestOf copies the use with most labels of values, to be the component.
func bestOf(uses []*draft.Use) *draft.Schema {
	best := uses[0]
	for _, u := range uses[1:] {
		if draft.Labelled(u.Schema) > draft.Labelled(best.Schema) {
			best = u
		}
	}
	c := *best.Schema
	c.Question = ""
	if c.Label == "" && best.Outer != nil {
		c.Label = listLabel(best)
	}
	return &c
}

// listLabel is the label of the list around a use, in the singular.
func listLabel(u *draft.Use) string {
	for _, p := range u.Outer.Schema.Props {
		if p.Name == u.Field() {
			return strings.TrimSuffix(p.Label, "列表")
		}
	}
	return ""
}

// banInline looks for components with the name of an inline type. It takes these names, and
// withdraws all names given so far, so that all are given again.
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
