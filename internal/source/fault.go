package source

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// Fault is something wrong with the description.
type Fault struct {
	File      string // with Options.Name before it
	Line, Col int    // 0 if the fault is not about one place in the file
	What      string // what is wrong
	Mend      string // how to mend it; may be empty
	Question  bool   // an import has left it open
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

// Sink gathers faults from several goroutines.
type Sink struct {
	mu        sync.Mutex
	Faults    Faults
	warnings  Faults
	questions Faults // that an import has left open
	Typos     []Typo
}

func (s *Sink) Put(f Fault) {
	f.File, f.What, f.Mend = onLine(f.File), onLine(f.What), onLine(f.Mend)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Faults = append(s.Faults, f)
}

// onLine keeps a text that quotes the description on one line, and a terminal safe from it.
func onLine(text string) string {
	odd := func(r rune) bool { return unicode.IsControl(r) || Hidden(r) || r == '\u2028' || r == '\u2029' }
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

// At reports a fault at v.
func (s *Sink) At(v View, what, mend string) {
	p := v.Pos()
	s.Put(Fault{File: v.File.Shown, Line: p.Line, Col: p.Col, What: what, Mend: mend})
}

// Sorted returns all faults in order.
func (s *Sink) Sorted() Faults { return inOrder(s.Faults) }

func compareFaults(a, b Fault) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
		cmp.Compare(a.What, b.What), cmp.Compare(a.Mend, b.Mend))
}

// Tell hands the warnings on, in order and each once.
func (s *Sink) Tell(to func(Fault)) {
	if to == nil {
		return
	}
	for _, f := range inOrder(s.warnings) {
		to(f)
	}
}

// Warn notes a warning at v.
func (s *Sink) Warn(v View, what, mend string) {
	p := v.Pos()
	f := Fault{File: v.File.Shown, Line: p.Line, Col: p.Col, What: onLine(what), Mend: onLine(mend)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.warnings = append(s.warnings, f)
}

// inOrder sorts faults by place, and keeps each once: what several services share is checked by each of them.
func inOrder(faults Faults) Faults {
	slices.SortFunc(faults, compareFaults)
	return slices.Compact(faults)
}

// Typo is a key that is probably meant to be another.
type Typo struct {
	In, Key View
	Near    string
	Fault   Fault
}

// Misspelt reports a typo.
func (s *Sink) Misspelt(t Typo) {
	s.Put(t.Fault)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Typos = append(s.Typos, t)
}
