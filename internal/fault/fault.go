package fault

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing that is wrong.
type Fault struct {
	File      string // as the user knows it; "" where the caller knows it alone
	Line, Col int    // from 1, columns in characters; 0 if the fault is not about one place
	What      string // what is wrong
	Mend      string // how to mend it; may be empty
	Note      bool   // nothing is wrong: it is only to be known
	Question  bool   // an import has left it open
}

// Error returns "file:line:col: what; mend", without what the fault does not have.
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

// Error returns one line for each fault.
func (fs List) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// As returns the faults that an error is made of; ok is false if it is something else.
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

// InOrder sorts faults by place and keeps each once: what several services share is checked by each
// of them.
func InOrder(faults List) List {
	slices.SortFunc(faults, Compare)
	return slices.Compact(faults)
}
