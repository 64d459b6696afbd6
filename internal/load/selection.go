package load

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// A selection decides which operations to read.
type selection struct {
	include, exclude *patterns
	roles            []string
}

func newSelection(opts Options) *selection {
	return &selection{newPatterns(opts.Include), newPatterns(opts.Exclude), opts.Roles}
}

// path reports whether operations of this path are read.
func (p *selection) path(path string) bool {
	service := route.Service(path)
	return p.has(func(pattern string) bool {
		if !strings.HasPrefix(pattern, "/") {
			return pattern == service
		}
		return Match(pattern, path)
	})
}

func (p *selection) webhooks() bool {
	return p.has(func(pattern string) bool { return pattern == "webhooks" })
}

func (p *selection) has(matches func(pattern string) bool) bool {
	return (len(p.include.all) == 0 || p.include.match(matches)) && !p.exclude.match(matches)
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
