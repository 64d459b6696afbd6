package naming

import (
	"strings"

	"github.com/wxgen/wxgen/internal/names"
)

// Exported joins words into a Go name. It returns "" if that is impossible, as for no words.
func Exported(words ...string) string {
	var parts []string
	for _, w := range words {
		parts = append(parts, split(w)...)
	}
	name, err := names.Exported(strings.Join(parts, "-"))
	if err != nil {
		return ""
	}
	return name
}

// Plain is the Go name that package load gives, by the plain rule for glued words.
func Plain(wire string) string {
	name, err := names.Exported(wire)
	if err != nil {
		return ""
	}
	return name
}

// join puts a qualifier before a name, unless the name begins with it: Receiver + ReceiverType,
// Refund + RefundStatus.
func join(qualifier, name string) string {
	if strings.HasPrefix(name, qualifier) {
		return name
	}
	for i := range len(qualifier) { // PayScoreOrder + OrderState: PayScoreOrderState
		if upper(qualifier[i]) && len(qualifier)-i > 2 && strings.HasPrefix(name, qualifier[i:]) {
			return qualifier[:i] + name
		}
	}
	return qualifier + name
}

// upper reports whether a byte is a capital.
func upper(c byte) bool { return c >= 'A' && c <= 'Z' }
