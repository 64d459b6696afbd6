package load

import (
	"fmt"
	"strings"
	"sync"
)

// Unmatched is the error for patterns that match nothing. Dir reads the matching parts all the
// same.
type Unmatched struct{ Patterns []string }

func (u *Unmatched) Error() string {
	return fmt.Sprintf("nothing in the description matches %q; name a service (payroll-card), "+
		"a path (/v3/pay/**) or webhooks", u.Patterns[0])
}

// patterns are services, paths and "webhooks".
type patterns struct {
	all     []string
	matched []bool
	mu      sync.Mutex
}

func newPatterns(all []string) *patterns {
	return &patterns{all: all, matched: make([]bool, len(all))}
}

func (p *patterns) match(f func(string) bool) (found bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, pattern := range p.all {
		if f(pattern) {
			found, p.matched[i] = true, true
		}
	}
	return found
}

func (p *patterns) unmatched() (all []string) {
	for i, ok := range p.matched {
		if !ok {
			all = append(all, p.all[i])
		}
	}
	return all
}

// Match reports whether a path fits a pattern: * is a part of a segment, ** any number of segments.
func Match(pattern, path string) bool {
	return glob(strings.Split(pattern, "/"), strings.Split(strings.TrimSuffix(path, "/"), "/"))
}

// glob matches path segments: * is one segment, ** is any number of them. Other segments match like
// names, with * for any part.
func glob(pattern, path []string) bool {
	for len(pattern) > 0 {
		if pattern[0] == "**" {
			for i := range len(path) + 1 {
				if glob(pattern[1:], path[i:]) {
					return true
				}
			}
			return false
		}
		if len(path) == 0 || !like(pattern[0], path[0]) {
			return false
		}
		pattern, path = pattern[1:], path[1:]
	}
	return len(path) == 0
}

// like matches one segment against a pattern in which * is any text.
func like(pattern, s string) bool {
	head, rest, star := strings.Cut(pattern, "*")
	if !star {
		return pattern == s
	}
	s, ok := strings.CutPrefix(s, head)
	if !ok {
		return false
	}
	for i := range len(s) + 1 {
		if like(rest, s[i:]) {
			return true
		}
	}
	return false
}
