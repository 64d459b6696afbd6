package page

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/known"
)

var methods = []string{"GET", "POST", "PUT", "PATCH", "DELETE"}

func isMethod(s string) bool { return slices.Contains(methods, s) }

// callsOf returns the methods of a path in the description.
func callsOf(d *known.Description, path string) (calls []string) {
	for _, method := range methods {
		if path != "" && d.Operation(method, path) != nil {
			calls = append(calls, method)
		}
	}
	return calls
}

// httpOwn reports whether the runtime sets a header itself.
func httpOwn(name string) bool {
	return slices.ContainsFunc([]string{"Authorization", "Accept", "Content-Type", "User-Agent",
		"Content-Length", "Host", "Accept-Language"},
		func(h string) bool { return strings.EqualFold(h, name) })
}

const serialHeader = "Wechatpay-Serial"

// canonical spells the header of the serial number as WeChat Pay does.
func canonical(header string) string {
	if strings.EqualFold(header, serialHeader) {
		return serialHeader
	}
	return header
}
