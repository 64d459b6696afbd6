package diff

import (
	"regexp"

	"github.com/oasdiff/oasdiff/checker"
)

// class is the effect of a change on callers.
type class int

const (
	additive class = iota
	breaking
	ignored // not a change for callers, or part of another change
)

// rules replace oasdiff's classes by those for clients of wxgen. Such clients read every reply.
// WeChat Pay may add values and fields at any time, so no client may depend on their absence.
var rules = []struct {
	id    *regexp.Regexp
	class class
}{
	{
		regexp.MustCompile(
			`^api-(operation-id|tag)|^api-security|^api-global-security|^(request|response)-.*-(example|description)|^api-schema-|^webhook-|^component`), ignored,
	},
	// a client that reads it finds nothing
	{regexp.MustCompile(`^response-.*property-removed$`), breaking},
	{regexp.MustCompile(`-deprecated(-sunset.*)?$`), additive},
	{regexp.MustCompile(`^response-.*enum`), additive},
	// limits of replies
	{regexp.MustCompile(`^response-.*-(max|min|unique|multiple|pattern)`), additive},
	{regexp.MustCompile(`^response-.*-nullable$`), additive},
}

// words replaces oasdiff's messages that mention other ways of removal.
var words = map[string]string{
	"api-path-removed-without-deprecation": "it is gone",
	"api-removed-without-deprecation":      "it is gone",
	"api-path-removed-before-sunset":       "it is gone", "api-removed-before-sunset": "it is gone",
	"endpoint-added": "it is new",
}

// classOf is the class of a change that oasdiff reports.
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
