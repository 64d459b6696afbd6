package page

import (
	"sort"
	"strings"
)

// A textLine is a line with its number.
type textLine struct {
	n    int
	text string
}

// A block is the text between fences.
type block struct {
	line int // of its first line
	info string
	text []string
}

// joined joins lines, and returns the offset of each.
func joined(lines []textLine) (text string, starts []int) {
	var b strings.Builder
	for _, l := range lines {
		starts = append(starts, b.Len())
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	return b.String(), starts
}

// lineIndex returns the index of the line with an offset of joined text.
func lineIndex(starts []int, offset int) int {
	return max(sort.SearchInts(starts, offset+1)-1, 0)
}

// lineOf returns the page's line number for an offset of joined text.
func lineOf(lines []textLine, starts []int, offset int) int {
	if len(lines) == 0 {
		return 0
	}
	return lines[lineIndex(starts, offset)].n
}
