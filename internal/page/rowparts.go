package page

import (
	"strconv"
	"strings"
)

// mostRows is far above the number of rows of any page.
const mostRows = 2000

var sampleOpens = lazy(`(?m)^[ \t]*(?:\d+[ \t]*)?(\{)\s*(?:"|\d+\s)`)

var tableRule = lazy(`^\s*\|?[\s|:]*-{2,}[-\s|:]*\|?\s*$`)

// plainType is one of the five types that a field has.
func plainType(word string) (typ string, file bool) {
	switch strings.ToLower(word) {
	case "string", "date", "datetime", "byte":
		return "string", false
	case "integer", "int", "int32", "int64", "uint32", "uint64", "long", "uint":
		return "integer", false
	case "number", "double", "float":
		return "number", false
	case "boolean", "bool":
		return "boolean", false
	case "file", "binary", "message":
		return "object", true
	}
	return "object", false // the name of a type that the page defines
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func isWordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// withoutSamples blanks JSON in the text of rows. Line numbers do not change.
func withoutSamples(text string) string {
	var b strings.Builder
	for {
		m := sampleOpens().FindStringSubmatchIndex(text)
		if m == nil {
			break
		}
		v, rest := readJSON(text[m[2]:])
		if v == nil { // the JSON does not end: no row follows
			text = text[:m[2]]
			break
		}
		end := len(text) - len(rest)
		b.WriteString(text[:m[2]])
		b.WriteString(blank(text[m[2]:end]))
		text = rest
	}
	return b.String() + text
}

// blank replaces all bytes but line ends by blanks.
func blank(text string) string {
	out := []byte(text)
	for i, c := range out {
		if c != '\n' {
			out[i] = ' '
		}
	}
	return string(out)
}

// withoutMarks removes the marks of tables, and that of following fields, from a row's text.
func withoutMarks(text string, opens bool) string {
	text = strings.TrimSpace(strings.Trim(strings.TrimSpace(withoutRules(text)), "|"))
	if opens {
		text = strings.TrimRight(text, " \t\n|¦")
		text = strings.TrimSuffix(text, "属性")
	}
	return strings.Trim(text, " \t\n|")
}

func withoutRules(text string) string {
	var kept []string
	for line := range strings.SplitSeq(text, "\n") {
		if !tableRule().MatchString(line) {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}
