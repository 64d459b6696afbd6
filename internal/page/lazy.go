package page

import (
	"regexp"
	"sync"
)

// lazy is a regular expression that its first use compiles. Compiling all of them takes longer than
// many a command that needs none.
func lazy(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
