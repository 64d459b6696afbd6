package page

import (
	"sort"
	"strings"
)

// A textLine is a line and where it stands.
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

// joined is the text of some lines, and where in it each of them begins.
func joined(lines []textLine) (text string, starts []int) {
	var b strings.Builder
	for _, l := range lines {
		starts = append(starts, b.Len())
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	return b.String(), starts
}

// lineIndex returns which line of joined text an offset is in.
func lineIndex(starts []int, offset int) int {
	return max(sort.SearchInts(starts, offset+1)-1, 0)
}

// lineOf returns the number on the page of the line that an offset of joined text is in.
func lineOf(lines []textLine, starts []int, offset int) int {
	if len(lines) == 0 {
		return 0
	}
	return lines[lineIndex(starts, offset)].n
}
