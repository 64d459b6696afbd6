package load

import (
	"slices"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/source"
)

// A misspelt key is one fault, and what is missing because of it is none. So, if keys are misspelt,
// they are set right and the description is checked again: what is found then has another cause.

// recheck sets misspelt keys right and checks again, until no more come to light. It returns the
// sink that holds all there is to say. Known are the faults from before the first check.
func recheck(set source.Set, known fault.List, first *source.Sink,
	check func(*source.Sink)) *source.Sink {
	last := first
	for range 5 { // below a misspelt key there may be another
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
