package page

import (
	"path"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
)

// A pageName holds the facts in the name of a page.
type pageName struct {
	path  string // "/v3/…", "/brand/…", or ""
	event string // "TRANSACTION.SUCCESS", or ""
	other string // why the name is impossible, or ""
}

// nameOf reads a page's name. The operation's path is below openapi/ or begins with v3/ or brand/;
// a notification's event is below webhook/. Other names have no facts.
func nameOf(name string) pageName {
	name = strings.ReplaceAll(name, `\`, "/")
	switch ext := path.Ext(name); ext {
	case ".md", ".markdown", ".txt", ".text":
		name = strings.TrimSuffix(name, ext)
	}
	steps := strings.Split(name, "/")
	if i := lastOf(steps, "webhook", "webhooks"); i >= 0 && i+1 < len(steps) {
		return pageName{event: steps[len(steps)-1], other: wrongVersion(steps[i+1])}
	}
	if i := lastOf(steps, "openapi"); i >= 0 && i+1 < len(steps) {
		return pathName(steps[i+1:])
	}
	for _, space := range route.Spaces {
		if i := lastOf(steps, space); i >= 0 {
			return pathName(steps[i:])
		}
	}
	return pageName{}
}

func lastOf(steps []string, words ...string) int {
	for i, s := range slices.Backward(steps[:len(steps)-1]) {
		if slices.Contains(words, s) {
			return i
		}
	}
	return -1
}

func pathName(steps []string) pageName {
	if !slices.Contains(route.Spaces, steps[0]) {
		return pageName{other: wrongVersion(steps[0])}
	}
	if last := len(steps) - 1; last > 0 && steps[last] == "index" {
		steps[last] = "" // a trailing slash
	}
	return pageName{path: "/" + strings.Join(steps, "/")}
}

// wrongVersion names the API of a path that is not of APIv3; "" if it may be.
func wrongVersion(step string) string {
	if len(step) == 2 && step[0] == 'v' && step[1] >= '0' && step[1] <= '9' && step != "v3" {
		return "API" + step
	}
	return ""
}
