package mend

import (
	"bytes"
	"slices"
)

// edit puts a text in the place of another.
type edit struct {
	start, end int
	text       string
}

// meets reports whether two edits are about the same place.
func (e edit) meets(f edit) bool { return e.start <= f.end && f.start <= e.end }

// apply makes the edits, the last of the text first, so that the places of the others stay.
func apply(src []byte, edits []edit) []byte {
	slices.SortFunc(edits, func(a, b edit) int { return b.start - a.start })
	out := bytes.Clone(src)
	for _, e := range edits {
		out = slices.Concat(out[:e.start], []byte(e.text), out[e.end:])
	}
	return out
}
