package diff

import (
	"regexp"

	"github.com/oasdiff/oasdiff/checker"
)

// class is what a change is to a caller.
type class int

const (
	additive class = iota
	breaking
	ignored // it is no change for a caller, or another one tells it
)

// rules are our classes where oasdiff's are others. It thinks of any client; those of wxgen read
// whatever comes, and WeChat Pay may add values and fields at any time, so that no client may
// depend on there being no others.
var rules = []struct {
	id    *regexp.Regexp
	class class
}{
	{
		regexp.MustCompile(
			`^api-(operation-id|tag)|^api-security|^api-global-security|^(request|response)-.*-(example|description)|^api-schema-|^webhook-|^component`), ignored,
	},
	// whoever reads it finds nothing
	{regexp.MustCompile(`^response-.*property-removed$`), breaking},
	{regexp.MustCompile(`-deprecated(-sunset.*)?$`), additive},
	{regexp.MustCompile(`^response-.*enum`), additive},
	// limits of what is read
	{regexp.MustCompile(`^response-.*-(max|min|unique|multiple|pattern)`), additive},
	{regexp.MustCompile(`^response-.*-nullable$`), additive},
}

// words are ours for what oasdiff says with an eye to other ways of taking things away.
var words = map[string]string{
	"api-path-removed-without-deprecation": "it is gone",
	"api-removed-without-deprecation":      "it is gone",
	"api-path-removed-before-sunset":       "it is gone", "api-removed-before-sunset": "it is gone",
	"endpoint-added": "it is new",
}

// classOf is the class of a change of oasdiff's.
func classOf(id string, level checker.Level) class {
	for _, r := range rules {
		if r.id.MatchString(id) {
			return r.class
		}
	}
	if level >= checker.WARN {
		return breaking
	}
	return additive
}
