package names

import (
	"strings"
)

// separators are the characters between words.
const separators = "_-. /:"

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isUpper(b byte) bool { return 'A' <= b && b <= 'Z' }

func isLower(b byte) bool { return 'a' <= b && b <= 'z' }

func hasLower(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return 'a' <= r && r <= 'z' })
}

func capital(word string) string { return strings.ToUpper(word[:1]) + strings.ToLower(word[1:]) }
