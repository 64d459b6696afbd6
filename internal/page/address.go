package page

import (
	"net/url"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
)

var (
	pathWord = lazy(`(?:^|[^A-Za-z0-9_.\-])(/(?:v3|brand)/[A-Za-z0-9_\-./{}:｛｝]*)`)
	apiURL   = lazy(
		`https?://([A-Za-z0-9.\-]+)(/(?:v3|brand)/[A-Za-z0-9_\-./{}:｛｝]*)`)
	codePath = lazy(`\bPATH\s*(?:string)?\s*=\s*"(/[^"?]+)"`)
	domain   = lazy(
		`(?:请求域名|主域名|域名|[Dd]omain)\s*[】\])）:：]*\s*[【\[]?(?:主域名)?[】\]]?\s*(https?://[A-Za-z0-9.\-]+)`)
)

// An address is a path, and its server if that is another than the usual.
type address struct{ path, server string }

const usualHost = "api.mch.weixin.qq.com"

// addressesIn finds the paths in the head of a page, with their servers: one, or several with OR
// between them.
func addressesIn(text string) []address {
	var found []address
	add := func(path, host string) {
		a := address{cleanPath(path), serverOf(host)}
		if route.Service(a.path) != "" && !slices.ContainsFunc(found, func(b address) bool {
			return samePath(a.path, b.path)
		}) {
			found = append(found, a)
		}
	}
	host := ""
	if m := domain().FindStringSubmatch(text); m != nil {
		host = strings.TrimPrefix(strings.TrimPrefix(m[1], "https://"), "http://")
	}
	for _, m := range apiURL().FindAllStringSubmatch(text, -1) {
		add(m[2], m[1])
	}
	for _, m := range pathWord().FindAllStringSubmatch(text, -1) {
		add(m[1], host)
	}
	return found
}

// cleanPath removes the punctuation of a sentence behind a path.
func cleanPath(path string) string {
	path = strings.NewReplacer("｛", "{", "｝", "}").Replace(path)
	path = strings.TrimRight(path, ".:-")
	steps := strings.Split(path, "/")
	for i, s := range steps {
		if name, ok := strings.CutPrefix(s, ":"); ok && isName(name) {
			steps[i] = "{" + name + "}"
		}
	}
	return strings.Join(steps, "/")
}

func serverOf(host string) string {
	host = strings.ToLower(host)
	if host == "" || host == usualHost || host == "api2.mch.weixin.qq.com" {
		return ""
	}
	u := url.URL{Scheme: "https", Host: host, Path: "/"}
	return u.String()
}
