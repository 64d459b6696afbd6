package load

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// Options say what to read and how to report it.
type Options struct {
	Name string // shown before file names in positions, as "spec/"
	// services ("payroll-card", "brand/marketing"), operations by path ("/v3/pay/**"), "webhooks";
	// all if empty
	Include []string
	Exclude []string // what not to read of that, said in the same way
	// those whose operations are wanted ("merchant", "partner"); all if empty
	Roles    []string
	Layers   []Layer           // what lies over the description, the lowest first
	Examples bool              // hold examples against their schemas, too
	Warn     func(fault.Fault) // called, in order, with what a person has to decide; may be nil
	// called now and then, never by two goroutines at once; total grows once; may be nil
	Progress  func(done, total int)
	AllowTODO bool // open questions of an import are warnings
}

// part decides which operations are wanted.
type part struct {
	include, exclude *patterns
	roles            []string
}

func newPart(opts Options) *part {
	return &part{newPatterns(opts.Include), newPatterns(opts.Exclude), opts.Roles}
}

// path reports whether operations with this path are wanted.
func (p *part) path(path string) bool {
	service := route.Service(path)
	return p.has(func(pattern string) bool {
		if !strings.HasPrefix(pattern, "/") {
			return pattern == service
		}
		return Match(pattern, path)
	})
}

func (p *part) webhooks() bool {
	return p.has(func(pattern string) bool { return pattern == "webhooks" })
}

func (p *part) has(matches func(pattern string) bool) bool {
	return (len(p.include.all) == 0 || p.include.match(matches)) && !p.exclude.match(matches)
}

// role reports whether one of the wanted may call the operation. Who may call it is not always
// known; then all may.
func (p *part) role(operation source.View) bool {
	may := operation.Get("x-wxpay-roles").Texts()
	return len(p.roles) == 0 || len(may) == 0 || slices.ContainsFunc(may, func(role string) bool {
		return slices.Contains(p.roles, role)
	})
}

// unmatched returns an error if a pattern matched nothing, which is probably a typo.
func (p *part) unmatched() error {
	for _, role := range p.roles {
		if !slices.Contains(check.Roles, role) {
			return fmt.Errorf("nobody has the role %q; the roles are %s", role,
				strings.Join(check.Roles, ", "))
		}
	}
	missing := append(p.include.unmatched(), p.exclude.unmatched()...)
	if len(missing) == 0 {
		return nil
	}
	return &Unmatched{missing}
}

// Unmatched is the error about patterns that match nothing. What matches is read all the same.
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

// glob matches path segments: * is one, ** is any number, anything else is itself, with * for any
// part of it.
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
