package page

import (
	"strings"
	"unicode"
)

// Marks of Markdown, or the head of a copied table, distinguish a community page from an official
// one.

// The heads of the two tables of a community page, without blanks.
const (
	requestHead  = "请求参数类型描述"
	responseHead = "返回字典类型描述"
)

// squeeze removes all blanks, also the invisible ones of a browser copy, and the bars of a table.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' || r == '|' {
			return -1
		}
		return r
	}, s)
}

// marked reports whether a page is Markdown with the marks of headings and rows, so that it has
// lost no facts.
func marked(text string) bool {
	return strings.Contains(text, "data-indent=") || strings.Contains(text, "data-required") ||
		strings.Contains(text, "{colspan") || headingMark().MatchString(text)
}

var headingMark = lazy(`(?m)^#.*\{\s*#(?:get|post|put|patch|delete|mix)\b[^}]*\}`)

// isPlain reports whether a page is the plain text of a community page: it has the head of a table
// without bars or without marks.
func isPlain(text string) bool {
	at := strings.Index(text, "请求参数")
	for at >= 0 {
		start := strings.LastIndexByte(text[:at], '\n') + 1
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text) - at
		}
		if squeeze(text[start:at+end]) == requestHead {
			return true
		}
		next := strings.Index(text[at+end:], "请求参数")
		if next < 0 {
			return false
		}
		at += end + next
	}
	return false
}
