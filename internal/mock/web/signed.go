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

// comparison compares the signed string with the right one.
type comparison struct {
	Mistake      string
	Known        bool // the signed string is known
	Lines        []comparedLine
	Cut          bool   // the kept string is incomplete
	Bytes        int    // of the right string
	SHA256       string // of the right string
	SignedSHA256 string
}

// comparedLine is a line of both strings.
type comparedLine struct {
	Name           string
	Signed, Wanted []span
	Differs        bool
}

var lineNames = []string{"method", "URL", "timestamp", "nonce", "body"}

// compare is nil if the signature is valid.
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

// fiveLines splits a string to sign into its lines, each with its line end. The body, the last
// line, may have line ends of its own.
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

// apart marks the difference of two lines: from the first different byte to the last.
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

// begins reports whether a character begins at an offset of a text, or the text ends there.
func begins(text string, at int) bool { return at >= len(text) || utf8.RuneStart(text[at]) }

// marked marks a text except for some bytes at its start and end.
func marked(text string, start, end int) (list []span) {
	for _, part := range []span{{"", text[:start]}, {"diff", text[start:max(start, len(text)-end)]},
		{"", text[max(start, len(text)-end):]}} {
		if part.Text != "" {
			list = append(list, span{part.Class, visible(part.Text)})
		}
	}
	return list
}

// visible shows line ends and tabs as signs. It cuts a very long text in the middle.
func visible(text string) string {
	const most = 8 << 10
	if len(text) > most {
		text = text[:most/2] + " … " + text[len(text)-most/2:]
	}
	return strings.NewReplacer("\r\n", "␍⏎\n", "\n", "⏎\n", "\r", "␍", "\t", "␉").
		Replace(strings.ToValidUTF8(text, "\uFFFD"))
}
