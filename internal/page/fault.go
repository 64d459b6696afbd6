package page

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/wxgen/wxgen/internal/fault"
)

// A faultList collects the faults of one file.
type faultList struct {
	file string
	list fault.List
}

func (l *faultList) add(line int, mend, format string, args ...any) {
	l.list = append(l.list,
		fault.Fault{File: l.file, Line: line, What: fmt.Sprintf(format, args...), Mend: mend})
}

// note adds a note, which is no fault.
func (l *faultList) note(line int, mend, format string, args ...any) {
	l.add(line, mend, format, args...)
	l.list[len(l.list)-1].Note = true
}

// any reports whether there is a fault.
func (l *faultList) any() bool {
	return slices.ContainsFunc(l.list, func(f fault.Fault) bool { return !f.Note })
}

// sorted returns the first faults, in the order of the file.
func (l *faultList) sorted() fault.List {
	const most = 20
	slices.SortStableFunc(l.list, func(a, b fault.Fault) int { return cmp.Compare(a.Line, b.Line) })
	if more := len(l.list) - most; more > 0 {
		l.list = l.list[:most]
		l.add(l.list[most-1].Line, "mend those above first", "the page has %d more faults", more)
	}
	return l.list
}

// shown shortens text of a page for a message: a page may hold long texts.
func shown(s string) string {
	const most = 60
	runes := []rune(s)
	if len(runes) > most {
		return fmt.Sprintf("%q…", string(runes[:most]))
	}
	return fmt.Sprintf("%q", s)
}
