package source

import (
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/wxgen/wxgen/internal/fault"
)

// A Sink gathers faults from several goroutines.
type Sink struct {
	mu        sync.Mutex
	Faults    fault.List
	warnings  fault.List
	questions fault.List // open questions of imports
	Typos     []Typo
}

// Put adds a fault.
func (s *Sink) Put(f fault.Fault) {
	f.File, f.What, f.Mend = onLine(f.File), onLine(f.What), onLine(f.Mend)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Faults = append(s.Faults, f)
}

// onLine escapes line ends and control characters in text of the description, to keep it on one
// line and safe for a terminal.
func onLine(text string) string {
	odd := func(r rune) bool {
		return unicode.IsControl(r) || Hidden(r) || r == '\u2028' || r == '\u2029'
	}
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
func (s *Sink) At(v Node, what, mend string) {
	p := v.Pos()
	s.Put(fault.Fault{File: v.File.Shown, Line: p.Line, Col: p.Col, What: what, Mend: mend})
}

// Sorted returns all faults in order.
func (s *Sink) Sorted() fault.List { return fault.InOrder(s.Faults) }

// Tell passes the warnings to a function, in order and without duplicates.
func (s *Sink) Tell(to func(fault.Fault)) {
	if to == nil {
		return
	}
	for _, f := range fault.InOrder(s.warnings) {
		to(f)
	}
}

// Warn notes a warning at v.
func (s *Sink) Warn(v Node, what, mend string) {
	p := v.Pos()
	f := fault.Fault{File: v.File.Shown, Line: p.Line, Col: p.Col, What: onLine(what),
		Mend: onLine(mend)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.warnings = append(s.warnings, f)
}

// Typo is a key that was probably meant to be another.
type Typo struct {
	In, Key Node
	Near    string
	Fault   fault.Fault
}

// Misspelt reports a typo.
func (s *Sink) Misspelt(t Typo) {
	s.Put(t.Fault)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Typos = append(s.Typos, t)
}

// Clip shortens a text to fit on a line.
func Clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
