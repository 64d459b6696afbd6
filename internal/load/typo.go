package load

import "slices"

// A misspelt key is one fault, and what is missing because of it is none. So, if keys are misspelt, they are set right and the
// description is checked anew: what is found then is not their doing.

// typo is a key that is probably meant to be another.
type typo struct {
	in, key view
	near    string
	fault   Fault
}

// misspelt reports a typo.
func (s *sink) misspelt(t typo) {
	s.put(t.fault)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.typos = append(s.typos, t)
}

// anew sets misspelt keys right and checks again, until no more come to light. It returns the sink that holds all there is to
// say. Known are the faults from before the first check.
func anew(set sources, known Faults, first *sink, check func(*sink)) *sink {
	last := first
	for range 5 { // below a misspelt key there may be another
		fixed := Faults{}
		for _, t := range last.typos {
			if !t.in.has(t.near) {
				t.key.n.Value = t.near
				fixed = append(fixed, t.fault)
			}
		}
		if len(fixed) == 0 {
			break
		}
		for _, f := range set {
			f.index()
		}
		known = append(slices.Clip(known), fixed...)
		last = &sink{faults: slices.Clone(known)}
		check(last)
	}
	return last
}
