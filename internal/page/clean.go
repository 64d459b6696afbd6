package page

import (
	"html"
	"strings"
)

// People get pages as a browser's text, as a converter's Markdown, or as a crawler's text. The
// content is the same. The function clean removes additions of these ways: pictures, links,
// emphasis, headings' marks, escapes, odd blanks.

var (
	picture   = lazy(`!\[[^\]]*\]\([^)]*\)`)
	link      = lazy(`\[([^\[\]]*)\]\((?:https?:|/|#|\.)[^()\s]*(?:\s+"[^"]*")?\)`)
	lineBreak = lazy(`(?i)<br\s*/?>`)
	headMark  = lazy(`^\s*#{1,6}\s+`)
	blanks    = strings.NewReplacer("\u00a0", " ", "\u3000", " ", "\u2002", " ", "\u2003", " ",
		"\u2009", " ", "\u202f", " ", "\u200b", "", "\u200c", "", "\u200d", "", "\u2060", "")
	escapes = strings.NewReplacer(`\_`, "_", `\-`, "-", `\*`, "*", `\[`, "[", `\]`, "]", `\|`, "¦",
		`\(`, "(", `\)`, ")", `\{`, "{", `\}`, "}", `\#`, "#")
	emphasis = strings.NewReplacer("`", "", "**", "")
)

// clean returns the lines of a page without these additions. It keeps tabs and bars, which may
// separate cells.
func clean(text string) []textLine {
	var lines []textLine
	n, inCode := 0, false
	for line := range strings.SplitSeq(text, "\n") {
		n++
		line = strings.TrimRight(blanks.Replace(line), "\r ")
		if fence := strings.TrimSpace(line); strings.HasPrefix(fence, "```") ||
			strings.HasPrefix(fence, "~~~") {
			inCode = !inCode
			continue
		}
		if inCode {
			lines = append(lines, textLine{n, line})
			continue
		}
		for part := range strings.SplitSeq(lineBreak().ReplaceAllString(line, "\n"), "\n") {
			lines = append(lines, textLine{n, cleanLine(part)})
		}
	}
	return lines
}

func cleanLine(line string) string {
	line = picture().ReplaceAllString(line, " ")
	line = link().ReplaceAllString(line, "$1")
	line = headMark().ReplaceAllString(line, "")
	line = emphasis.Replace(escapes.Replace(line))
	if strings.ContainsAny(line, "&") {
		line = blanks.Replace(html.UnescapeString(line))
	}
	return strings.TrimRight(line, " ")
}
