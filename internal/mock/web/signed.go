package web

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/judge"
)

// comparison holds the string that was signed against the one that should have been.
type comparison struct {
	Mistake      string
	Known        bool // what was signed
	Lines        []comparedLine
	Cut          bool   // only the beginning of the string is kept
	Bytes        int    // of what should have been signed
	SHA256       string // of it
	SignedSHA256 string
}

// comparedLine is a line of both strings.
type comparedLine struct {
	Name           string
	Signed, Wanted []span
	Differs        bool
}

var lineNames = []string{"method", "URL", "timestamp", "nonce", "body"}

// compare is nil if nothing is wrong with the signature.
func compare(x *mock.Exchange) *comparison {
	failed := slices.ContainsFunc(x.Verdicts, func(v judge.Verdict) bool {
		return v.Check == "signature" && v.Result == judge.Fail
	})
	if !failed || x.Expected == "" {
		return nil
	}
	c := &comparison{
		Mistake: x.Mistake, Known: x.Signed != "", Cut: len(x.Expected) >= mock.MaxKept,
		Bytes:  len(x.Expected),
		SHA256: digest(x.Expected), SignedSHA256: digest(x.Signed),
	}
	wanted, signed := fiveLines(x.Expected), fiveLines(x.Signed)
	for i, name := range lineNames {
		line := comparedLine{Name: name, Differs: c.Known && wanted[i] != signed[i]}
		line.Signed, line.Wanted = apart(signed[i], wanted[i], c.Known)
		c.Lines = append(c.Lines, line)
	}
	return c
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// fiveLines cuts a string to be signed into its lines, each with its end. The body, the last, may
// have line ends of its own.
func fiveLines(text string) (lines [5]string) {
	for i := range lines {
		if i == len(lines)-1 {
			lines[i] = text
			break
		}
		line, rest, found := strings.Cut(text, "\n")
		if found {
			line += "\n"
		}
		lines[i], text = line, rest
	}
	return lines
}

// apart marks where two lines differ: from the first byte that differs to the last.
func apart(signed, wanted string, known bool) (s, w []span) {
	if !known || signed == wanted {
		return marked(signed, len(signed), 0), marked(wanted, len(wanted), 0)
	}
	start := 0
	for start < min(len(signed), len(wanted)) && signed[start] == wanted[start] {
		start++
	}
	end := 0
	for end < min(len(signed), len(wanted))-start &&
		signed[len(signed)-1-end] == wanted[len(wanted)-1-end] {
		end++
	}
	for start > 0 && (!begins(signed, start) || !begins(wanted, start)) {
		start--
	}
	for end > 0 && (!begins(signed, len(signed)-end) || !begins(wanted, len(wanted)-end)) {
		end--
	}
	return marked(signed, start, end), marked(wanted, start, end)
}

// begins reports whether a character begins at a place of a text, or the text ends there.
func begins(text string, at int) bool { return at >= len(text) || utf8.RuneStart(text[at]) }

// marked marks a text but for so many bytes at its start and end.
func marked(text string, start, end int) (list []span) {
	for _, part := range []span{{"", text[:start]}, {"diff", text[start:max(start, len(text)-end)]},
		{"", text[max(start, len(text)-end):]}} {
		if part.Text != "" {
			list = append(list, span{part.Class, visible(part.Text)})
		}
	}
	return list
}

// visible shows line ends as signs, and all the rest as it is. A text that is very long is cut in
// the middle.
func visible(text string) string {
	const most = 8 << 10
	if len(text) > most {
		text = text[:most/2] + " … " + text[len(text)-most/2:]
	}
	return strings.NewReplacer("\r\n", "␍⏎\n", "\n", "⏎\n", "\r", "␍", "\t", "␉").
		Replace(strings.ToValidUTF8(text, "\uFFFD"))
}
