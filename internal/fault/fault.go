package fault

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Fault is one fault of a file.
type Fault struct {
	File      string // as the user knows it; "" if only the caller knows it
	Line, Col int    // from 1, columns in characters; 0 if the fault has no place
	What      string // the fault
	Mend      string // how to mend it; may be empty
	Note      bool   // no fault, but a note
	Question  bool   // an import left a question
}

// Error returns "file:line:col: what; mend", without the parts that the fault lacks.
func (f Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Line)
	}
	if f.Line > 0 && f.Col > 0 {
		fmt.Fprintf(&b, ":%d", f.Col)
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	b.WriteString(f.What)
	if f.Mend != "" {
		b.WriteString("; ")
		b.WriteString(f.Mend)
	}
	return b.String()
}

// List is several faults as one error.
type List []Fault

// Error returns a line for each fault.
func (fs List) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// As returns the faults in an error; ok is false for another error.
func As(err error) (faults List, ok bool) {
	ok = errors.As(err, &faults)
	return faults, ok
}

// Compare orders faults by place.
func Compare(a, b Fault) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Col, b.Col),
		cmp.Compare(a.What, b.What), cmp.Compare(a.Mend, b.Mend))
}

// InOrder sorts faults by place and removes duplicates: a part that several services share is
// checked for each of them.
func InOrder(faults List) List {
	slices.SortFunc(faults, Compare)
	return slices.Compact(faults)
}
