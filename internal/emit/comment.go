package emit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/width"
)

// Display columns: the width of prose, and the room for a comment behind a field.
const (
	proseWidth    = 100
	trailingWidth = 56
)

// comment renders paragraphs as one block of // lines, ready for jennifer. Empty paragraphs are
// left out.
func comment(paragraphs ...string) string {
	var b strings.Builder
	for _, p := range paragraphs {
		for _, line := range prose(p) {
			if b.Len() > 0 && line.apart {
				b.WriteString("\n//")
			}
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString("// ")
			b.WriteString(defuse(line.text))
		}
	}
	return b.String()
}

// defuse breaks up text that the go command would take for a build constraint.
func defuse(line string) string {
	if rest, ok := strings.CutPrefix(line, "+build"); ok {
		return "+ build" + rest
	}
	return line
}

// A proseLine is a line of a comment. With apart, an empty line precedes it.
type proseLine struct {
	text  string
	apart bool
}

// prose cleans and wraps a text. Line breaks of the description stay, empty lines separate
// paragraphs.
func prose(text string) []proseLine {
	var lines []proseLine
	apart := true
	for raw := range strings.Lines(text) {
		clean := cleanLine(raw)
		if clean == "" {
			apart = true
			continue
		}
		for _, piece := range wrap(clean, proseWidth-len("// ")) {
			lines = append(lines, proseLine{piece, apart})
			apart = false
		}
	}
	return lines
}

// oneLine folds a text into a single clean line.
func oneLine(text string) string {
	if !strings.ContainsAny(text, "\n\r\t") {
		return defuse(cleanLine(text))
	}
	return defuse(strings.Join(strings.Fields(cleanLine(text)), " "))
}

// cleanLine removes characters that Go source cannot hold or that editors handle badly: control
// characters, byte order marks, bidirectional overrides, broken UTF-8.
func cleanLine(line string) string {
	line = quotes.Replace(strings.TrimSpace(line))
	if plain(line) {
		return line
	}
	line = strings.ToValidUTF8(line, "\uFFFD")
	line = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == '\uFEFF', unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, line)
	return strings.TrimSpace(line)
}

// quotes replaces doubled marks as gofmt does in a doc comment. Gofmt changes longer rows again
// each time.
var quotes = strings.NewReplacer("``", "“", "''", "”")

func plain(line string) bool {
	for i := range len(line) {
		if line[i] < ' ' || line[i] > '~' {
			return false
		}
	}
	return true
}

// wrap breaks a line at spaces and between wide characters, so that each piece takes at most limit
// columns. A longer word, such as an address, stays whole.
func wrap(line string, limit int) []string {
	if len(line) <= limit || width.Of(line) <= limit {
		return []string{line}
	}
	var pieces []string
	for line != "" {
		cut := breakAt(line, limit)
		pieces = append(pieces, strings.TrimRight(line[:cut], " "))
		line = strings.TrimLeft(line[cut:], " ")
	}
	return pieces
}

// breakAt returns the byte offset of the last possible break of line within limit columns, or else
// of the first one beyond.
func breakAt(line string, limit int) int {
	best, columns := 0, 0
	var prev rune
	for i, r := range line {
		if i > 0 && mayBreak(prev, r) {
			if columns > limit && best > 0 {
				return best
			}
			best = i
			if columns > limit {
				return best
			}
		}
		columns += width.Rune(r)
		prev = r
	}
	if columns > limit && best > 0 {
		return best
	}
	return len(line)
}

const (
	neverFirst = "，。、；：？！）》】」』〉〕”’,.;:?!)]}%…—·"
	neverLast  = "（《【「『〈〔“‘([{"
)

func mayBreak(before, after rune) bool {
	switch {
	case after == ' ':
		return true
	case before == ' ':
		return !strings.ContainsRune(neverFirst, after)
	case strings.ContainsRune(neverFirst, after), strings.ContainsRune(neverLast, before):
		return false
	}
	return width.Rune(before) == 2 || width.Rune(after) == 2
}

// sentence ends a text with a full stop unless it already ends a sentence.
func sentence(text string) string {
	text = oneLine(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	if text == "" || strings.ContainsRune("。.！!？?；;：:", last) {
		return text
	}
	return text + "."
}

// list joins words as in a sentence: "A", "A and B", "A, B and C".
func list(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

// tail is the separator and the text, or nothing for an empty text.
func tail(separator, text string) string {
	if text = oneLine(text); text == "" {
		return ""
	}
	return separator + strings.TrimRight(text, ".。")
}

// join joins the parts that are not empty.
func join(separator string, parts ...string) string {
	var b strings.Builder
	for _, part := range parts {
		if part == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(separator)
		}
		b.WriteString(part)
	}
	return b.String()
}
