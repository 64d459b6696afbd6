package page

import (
	"slices"
	"strings"
)

// templateParams returns the names between braces, in order.
func templateParams(path string) []string {
	var names []string
	for step := range strings.SplitSeq(path, "/") {
		if name, ok := paramName(step); ok {
			names = append(names, name)
		}
	}
	return names
}

// paramName returns the name in a segment that is a parameter.
func paramName(step string) (string, bool) {
	if len(step) > 2 && step[0] == '{' && step[len(step)-1] == '}' {
		return step[1 : len(step)-1], true
	}
	return "", false
}

// samePath reports whether two paths are equal except for the names of parameters.
func samePath(a, b string) bool {
	return slices.EqualFunc(strings.Split(a, "/"), strings.Split(b, "/"), func(x, y string) bool {
		_, px := paramName(x)
		_, py := paramName(y)
		return x == y || px && py
	})
}
