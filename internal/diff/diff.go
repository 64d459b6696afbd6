package diff

import (
	"cmp"
	"slices"
)

// Changes compares two descriptions. Breaking changes come first.
func Changes(old, new Side) ([]Change, error) {
	wire, err := wireChanges(old, new)
	if err != nil {
		return nil, err
	}
	all := append(wire, goChanges(old, new)...)
	slices.SortFunc(all, func(a, b Change) int {
		return cmp.Or(rank(a)-rank(b), cmp.Compare(a.Where, b.Where), cmp.Compare(a.What, b.What),
			cmp.Compare(a.File, b.File))
	})
	return slices.Compact(all), nil
}
