package load

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// A selection decides which operations to read.
type selection struct {
	everything       bool // but for what is excluded
	include, exclude *patterns
	roles            []string
	layered          layered
}

// layered are the parts that layers describe, if they are included.
type layered struct {
	packages map[string]bool // of Go, by packageOf
	webhooks bool
}

func (l layered) has(path string) bool {
	return len(l.packages) > 0 && l.packages[packageOf(path)]
}

func newSelection(opts Options) *selection {
	return &selection{everything: len(opts.Include) == 0 && !opts.Layered,
		include: newPatterns(opts.Include), exclude: newPatterns(opts.Exclude), roles: opts.Roles}
}

// packageOf is the folder of the Go package of a path. Services with one folder clash, so that one
// is not read without the others.
func packageOf(path string) string {
	service := route.Service(path)
	segment := service[strings.LastIndex(service, "/")+1:]
	if pkg, err := names.Package(segment); err == nil {
		return strings.TrimSuffix(service, segment) + pkg
	}
	return service
}

// path reports whether operations of this path are read.
func (p *selection) path(path string) bool {
	service := route.Service(path)
	return p.has(p.layered.has(path), func(pattern string) bool {
		if !strings.HasPrefix(pattern, "/") {
			return pattern == service
		}
		return Match(pattern, path)
	})
}

func (p *selection) webhooks() bool {
	return p.has(p.layered.webhooks, func(pattern string) bool { return pattern == "webhooks" })
}

// has reports whether a part is read that layers describe, or that patterns match.
func (p *selection) has(layered bool, matches func(pattern string) bool) bool {
	return (p.include.match(matches) || layered || p.everything) && !p.exclude.match(matches)
}

// role reports whether one of the wanted callers may call the operation. Without roles in the
// description, all may.
func (p *selection) role(operation source.Node) bool {
	may := operation.Get("x-wxpay-roles").Texts()
	return len(p.roles) == 0 || len(may) == 0 || slices.ContainsFunc(may, func(role string) bool {
		return slices.Contains(p.roles, role)
	})
}

// unmatched returns an error if a pattern matches nothing, which is probably a typo.
func (p *selection) unmatched() error {
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
