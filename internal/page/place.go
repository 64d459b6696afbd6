package page

import (
	"path"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
)

// A place is what the name of a page says about it.
type place struct {
	path  string // "/v3/…", "/brand/…", or ""
	event string // "TRANSACTION.SUCCESS", or ""
	other string // what makes the name impossible, or ""
}

// placeOf reads a page's name: the operation's path stands below openapi/ or from v3/ or brand/ on,
// a notification's event below webhook/. Other names say nothing.
func placeOf(name string) place {
	name = strings.ReplaceAll(name, `\`, "/")
	switch ext := path.Ext(name); ext {
	case ".md", ".markdown", ".txt", ".text":
		name = strings.TrimSuffix(name, ext)
	}
	steps := strings.Split(name, "/")
	if i := lastOf(steps, "webhook", "webhooks"); i >= 0 && i+1 < len(steps) {
		return place{event: steps[len(steps)-1], other: wrongVersion(steps[i+1])}
	}
	if i := lastOf(steps, "openapi"); i >= 0 && i+1 < len(steps) {
		return pathPlace(steps[i+1:])
	}
	for _, space := range route.Spaces {
		if i := lastOf(steps, space); i >= 0 {
			return pathPlace(steps[i:])
		}
	}
	return place{}
}

func lastOf(steps []string, words ...string) int {
	for i, s := range slices.Backward(steps[:len(steps)-1]) {
		if slices.Contains(words, s) {
			return i
		}
	}
	return -1
}

func pathPlace(steps []string) place {
	if !slices.Contains(route.Spaces, steps[0]) {
		return place{other: wrongVersion(steps[0])}
	}
	if last := len(steps) - 1; last > 0 && steps[last] == "index" {
		steps[last] = "" // a trailing slash
	}
	return place{path: "/" + strings.Join(steps, "/")}
}

// wrongVersion names the API of pages that lie beside those of APIv3.
func wrongVersion(step string) string {
	if len(step) == 2 && step[0] == 'v' && step[1] >= '0' && step[1] <= '9' && step != "v3" {
		return "API" + step
	}
	return ""
}

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

// paramName returns what stands between the braces of a step that is a parameter.
func paramName(step string) (string, bool) {
	if len(step) > 2 && step[0] == '{' && step[len(step)-1] == '}' {
		return step[1 : len(step)-1], true
	}
	return "", false
}

// samePath reports whether two paths are the same, whatever their parameters are called.
func samePath(a, b string) bool {
	return slices.EqualFunc(strings.Split(a, "/"), strings.Split(b, "/"), func(x, y string) bool {
		_, px := paramName(x)
		_, py := paramName(y)
		return x == y || px && py
	})
}
