package mend

import (
	"bytes"
	"slices"
)

// edit replaces a part of a text.
type edit struct {
	start, end int
	text       string
}

// meets reports whether two edits touch the same place.
func (e edit) meets(f edit) bool { return e.start <= f.end && f.start <= e.end }

// apply makes the edits, from the end of the text to its start, so that the other offsets stay
// valid.
func apply(src []byte, edits []edit) []byte {
	slices.SortFunc(edits, func(a, b edit) int { return b.start - a.start })
	out := bytes.Clone(src)
	for _, e := range edits {
		out = slices.Concat(out[:e.start], []byte(e.text), out[e.end:])
	}
	return out
}
