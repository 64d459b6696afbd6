package route

import (
	"slices"
	"strings"
)

// Spaces are the first segments of paths: v3 is for merchants, brand for brands that sign for
// themselves. Each is a method of the client's root, and a folder of the description and of the
// generated code.
var Spaces = []string{"v3", "brand"}

// Home is the base URL of calls without a server of their own.
const Home = "https://api.mch.weixin.qq.com"

// Verbs are the methods of a path item, in the order in which they are generated.
var Verbs = []string{"get", "post", "put", "patch", "delete"}

// Split splits the space off a path: "/v3/pay/transactions" is "v3" and "pay/transactions". It
// reports false if there is no space, or nothing behind it.
func Split(path string) (space, rest string, ok bool) {
	rooted, found := strings.CutPrefix(path, "/")
	space, rest, _ = strings.Cut(rooted, "/")
	return space, rest, found && rest != "" && slices.Contains(Spaces, space)
}

// Service is the name of a path's service: "pay" for /v3/pay/transactions, "brand/marketing" for
// /brand/marketing/…. It is "" for any other path.
func Service(path string) string {
	space, rest, ok := Split(path)
	if !ok {
		return ""
	}
	segment, _, _ := strings.Cut(rest, "/")
	if space != Spaces[0] {
		return space + "/" + segment
	}
	return segment
}

// Root is the path of a service: "/v3/pay", "/brand/marketing".
func Root(service string) string {
	if strings.Contains(service, "/") {
		return "/" + service
	}
	return "/" + Spaces[0] + "/" + service
}

// Method is the first method of a space's chain: "V3", "Brand".
func Method(space string) string { return strings.ToUpper(space[:1]) + space[1:] }

// Compare orders services by space, then by name.
func Compare(a, b string) int {
	if x, y := strings.Contains(a, "/"), strings.Contains(b, "/"); x != y {
		if x {
			return 1
		}
		return -1
	}
	return strings.Compare(a, b)
}

// Known lists the spaces for messages: "/v3/ or /brand/".
func Known() string { return "/" + strings.Join(Spaces, "/ or /") + "/" }
