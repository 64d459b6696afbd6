package naming

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/draft"
)

// candidates lists the names for a shape, best first.
func candidates(s *shape) []string {
	var out []string
	u, base := s.uses[0], baseOf(s)
	owner := u.Owner
	add := func(words ...string) { // puts each word before those behind it
		name := base
		for _, w := range slices.Backward(words) {
			name = join(w, name)
		}
		out = append(out, name)
	}
	if s.twin != nil && s.twin.name != "" {
		out = append(out, s.twin.name+"Result")
	}
	around := common(s.uses, objectAround)
	subject := common(s.uses, func(u *draft.Use) string { return u.Owner.Subject })
	corner := common(s.uses, func(u *draft.Use) string { return Exported(u.Owner.Context...) })
	if !vague(base) {
		add(owner.Prefix)
	}
	if around != "" {
		add(owner.Prefix, around)
	}
	if subject != "" {
		add(owner.Prefix, subject)
	}
	if subject != "" && around != "" {
		add(owner.Prefix, subject, around)
	}
	if corner != "" {
		for _, c := range slices.Backward(owner.Context) {
			add(Exported(c))
			add(Exported(c), subject)
			add(Exported(c), around)
		}
	}
	if owner.Prefix != "" || around == "" && subject == "" && !s.enum() {
		add(owner.Prefix)
	}
	add(owner.Prefix, owner.Subject, objectAround(u))
	add(owner.ID)
	add(owner.ID, objectAround(u))
	way := owner.ID + Exported(u.Fields...)
	return append(out, way, way+"Result")
}

// baseOf is the base of the names: the field of most uses.
func baseOf(s *shape) string {
	count := map[string]int{}
	for _, u := range s.uses {
		count[Exported(fieldOf(u.Field()))]++
	}
	return slices.MinFunc(slices.Collect(maps.Keys(count)), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(len(a), len(b)),
			cmp.Compare(a, b))
	})
}

// common returns the value that all uses share, or "".
func common(uses []*draft.Use, of func(*draft.Use) string) string {
	v := of(uses[0])
	for _, u := range uses[1:] {
		if of(u) != v {
			return ""
		}
	}
	return v
}

// fillers are words without meaning at the end of an object's name.
var fillers = strings.Fields("info information detail list data item meta result")

// objectAround names the object around a use, without fillers; "" at the top.
func objectAround(u *draft.Use) string {
	for i := len(u.Fields) - 2; i >= 0; i-- {
		words := split(singular(u.Fields[i]))
		for len(words) > 0 && slices.Contains(fillers, strings.ToLower(words[len(words)-1])) {
			words = words[:len(words)-1]
		}
		if len(words) > 0 {
			return Exported(words...)
		}
	}
	return ""
}

// vague reports whether a name has no meaning by itself.
func vague(name string) bool {
	return slices.Contains(vagueNames, name)
}

var vagueNames = strings.Fields(
	`Action Category Channel Code Config Content Data Detail Flag Info Information Item Kind Level
	List Meta Method Mode Name No Option Reason Record Region Result Role Rule Scene Scope Source State Status Style Target Time
	Type Unit Value Version Text Title Event Format Key Label Desc Description Extra Ext Param Params Field Fields Operation
	Range Account From Business Bank`)
