package route

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Fault returns the fault of an operation's path, and its mend; "" if there is none.
func Fault(path string) (what, mend string) {
	space, rest, ok := Split(path)
	if !ok {
		return "does not begin with " + Known() + " and a segment", "write the path as it is sent"
	}
	if i := strings.IndexFunc(path, func(r rune) bool { return !sendable(r) }); i >= 0 {
		r, _ := utf8.DecodeRuneInString(path[i:])
		return fmt.Sprintf("holds %q", r), "write letters, digits and hyphens; what varies is a " +
			"{parameter}, and a query goes under parameters"
	}
	segments := strings.Split(strings.TrimSuffix(rest, "/"), "/")
	seen := map[string]bool{}
	for i, s := range segments {
		name, param := Parameter(s)
		switch {
		case s == "" || s == "." || s == "..":
			return fmt.Sprintf("has the segment %q", s), "write it as it is sent"
		case !param && strings.ContainsAny(s, "{}"):
			return fmt.Sprintf("has the segment %q", s), "a segment is a word, or one {parameter}"
		case param && i == 0:
			return "begins with a parameter", "the first segment after /" + space +
				" names the service"
		case param && seen[name]:
			return fmt.Sprintf("has {%s} twice", name), "tell them apart"
		}
		seen[name] = param
	}
	return "", ""
}

// sendable reports whether net/url sends a character of a path unescaped.
func sendable(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
		strings.ContainsRune("/-_.~{}:@!$&'()*+,;=", r)
}

// Parameter returns the name in "{name}".
func Parameter(segment string) (string, bool) {
	name, ok := strings.CutPrefix(segment, "{")
	if !ok || !strings.HasSuffix(name, "}") {
		return "", false
	}
	name = name[:len(name)-1]
	return name, name != "" && !strings.ContainsAny(name, "{}")
}

// Event matches values of event_type.
var Event = regexp.MustCompile(`^[A-Z0-9_]+(\.[A-Z0-9_]+)*$`)
