package load

import (
	"slices"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/source"
)

// A misspelt key is one fault, and the key that seems to be missing is none. So recheck corrects
// misspelt keys and checks again: the remaining faults have other causes.

// recheck corrects misspelt keys and checks again, until no further ones appear. It returns the
// sink with all faults. Known are the faults from before the first check.
func recheck(set source.Set, known fault.List, first *source.Sink,
	check func(*source.Sink)) *source.Sink {
	last := first
	for range 5 { // another one may be below a misspelt key
		fixed := fault.List{}
		for _, t := range last.Typos {
			if !t.In.Has(t.Near) {
				t.Key.YAML.Value = t.Near
				fixed = append(fixed, t.Fault)
			}
		}
		if len(fixed) == 0 {
			break
		}
		for _, f := range set {
			f.Index()
		}
		known = append(slices.Clip(known), fixed...)
		last = &source.Sink{Faults: slices.Clone(known)}
		check(last)
	}
	return last
}
