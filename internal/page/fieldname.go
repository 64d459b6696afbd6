package page

import (
	"strings"
	"unicode"
)

// isName reports whether s can be the name of a field on the wire.
func isName(s string) bool {
	for i := range len(s) {
		if !isNameByte(s[i]) {
			return false
		}
	}
	return s != ""
}

func isNameByte(c byte) bool {
	return c == '_' || c == '-' || c == '.' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' ||
		'A' <= c && c <= 'Z'
}

// cleanName removes characters that cannot be in a name: blanks (on two pages), escapes, backticks.
func cleanName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\\' || r == '`' || r == '\u200b' {
			return -1
		}
		return r
	}, s)
}
