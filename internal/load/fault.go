package load

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/wxgen/wxgen/internal/source"
)

// Fault is something wrong with the description.
type Fault struct {
	File      string // with Options.Name before it
	Line, Col int    // 0 if the fault is not about one place in the file
	What      string // what is wrong
	Mend      string // how to mend it; may be empty
}

// Error returns "file:line:col: what; mend".
func (f Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Col)
	}
	b.WriteString(": ")
	b.WriteString(f.What)
	if f.Mend != "" {
		b.WriteString("; ")
		b.WriteString(f.Mend)
	}
	return b.String()
}

// Faults is everything wrong with the description, by file and position.
type Faults []Fault

// Error returns one line for each fault.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// AsFaults returns the faults in an error of Dir; ok is false if it is something else.
func AsFaults(err error) (faults Faults, ok bool) {
	ok = errors.As(err, &faults)
	return faults, ok
}

// sink gathers faults from several goroutines.
type sink struct {
	mu       sync.Mutex
	faults   Faults
	warnings Faults
	typos    []typo
}

func (s *sink) put(f Fault) {
	f.File, f.What, f.Mend = onLine(f.File), onLine(f.What), onLine(f.Mend)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, f)
}

// onLine keeps a text that quotes the description on one line, and a terminal safe from it.
func onLine(text string) string {
	odd := func(r rune) bool { return unicode.IsControl(r) || source.Hidden(r) || r == '\u2028' || r == '\u2029' }
	if !strings.ContainsFunc(text, odd) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if odd(r) {
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// at reports a fault at v.
func (s *sink) at(v view, what, mend string) {
	p := v.pos()
	s.put(Fault{File: v.f.shown, Line: p.line, Col: p.col, What: what, Mend: mend})
}

// sorted returns all faults in order.
func (s *sink) sorted() Faults { return inOrder(s.faults) }

func compareFaults(a, b Fault) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
		cmp.Compare(a.What, b.What), cmp.Compare(a.Mend, b.Mend))
}
