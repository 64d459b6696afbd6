package load

import (
	"fmt"
	"strings"
	"sync"

	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// Options say what to read and how to report it.
type Options struct {
	Name     string                // shown before file names in positions, as "spec/"
	Include  []string              // services ("payroll-card", "brand/marketing"), operations by path ("/v3/pay/**"), "webhooks"; all if empty
	Examples bool                  // hold examples against their schemas, too
	Warn     func(source.Fault)    // called, in order, with what a person has to decide; may be nil
	Progress func(done, total int) // called now and then, never by two goroutines at once; total grows once; may be nil
}

// include decides which operations are wanted.
type include struct {
	patterns []string
	matched  []bool
	mu       sync.Mutex
}

func newInclude(patterns []string) *include {
	return &include{patterns: patterns, matched: make([]bool, len(patterns))}
}

// path reports whether an operation with this path is wanted.
func (in *include) path(path string) bool {
	service := route.Service(path)
	return in.match(func(pattern string) bool {
		if !strings.HasPrefix(pattern, "/") {
			return pattern == service
		}
		return Match(pattern, path)
	})
}

func (in *include) webhooks() bool {
	return in.match(func(pattern string) bool { return pattern == "webhooks" })
}

func (in *include) match(f func(string) bool) bool {
	found := len(in.patterns) == 0
	in.mu.Lock()
	defer in.mu.Unlock()
	for i, p := range in.patterns {
		if f(p) {
			found, in.matched[i] = true, true
		}
	}
	return found
}

// unmatched returns an error if a pattern matched nothing, which is probably a typo.
func (in *include) unmatched() error {
	for i, ok := range in.matched {
		if !ok {
			return fmt.Errorf("nothing in the description matches %q; name a service (payroll-card), a path (/v3/pay/**) or webhooks", in.patterns[i])
		}
	}
	return nil
}

// Match reports whether a path fits a pattern: * is a part of a segment, ** any number of segments.
func Match(pattern, path string) bool {
	return glob(strings.Split(pattern, "/"), strings.Split(strings.TrimSuffix(path, "/"), "/"))
}

// glob matches path segments: * is one, ** is any number, anything else is itself, with * for any part of it.
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

// like matches one segment against a pattern in which * stands for anything.
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
