package keyfile

import (
	"errors"
	"strings"
)

// pemMarker is a line such as "-----BEGIN PRIVATE KEY-----", of any number of dashes, with or
// without the blanks.
type pemMarker struct {
	ok         bool
	begin      bool
	label      string // a known one; "" for any other
	start, end int
}

// marker returns the first marker at or after i.
func marker(text string, i int) pemMarker {
	for {
		dash := strings.IndexByte(text[i:], '-')
		if dash < 0 {
			return pemMarker{}
		}
		start := i + dash
		i = start + countPrefix(text[start:], "-")
		word := i + countPrefix(text[i:], " ")
		for _, w := range []string{"BEGIN", "END"} {
			if !strings.HasPrefix(text[word:], w) {
				continue
			}
			label := word + len(w)
			if n := strings.IndexByte(text[label:min(label+maxLabel, len(text))], '-'); n >= 0 {
				end := label + n + countPrefix(text[label+n:], "-")
				return pemMarker{true, w == "BEGIN", knownLabel(text[label : label+n]), start, end}
			}
		}
	}
}

// maxLabel bounds the search for the end of a label, so that the time of many unfinished markers
// grows with their length alone.
const maxLabel = 200

func countPrefix(s, unit string) int { return len(s) - len(strings.TrimLeft(s, unit)) }

// knownLabel returns the known label that equals s but for blanks; "" if there is none.
func knownLabel(s string) string {
	bare := strings.Join(strings.Fields(s), "")
	for _, label := range knownLabels {
		if strings.ReplaceAll(label, " ", "") == bare {
			return label
		}
	}
	return ""
}

// pemBlocks reads every block with a BEGIN line, even without its END line.
func pemBlocks(text string) (blocks []keyBlock) {
	m := marker(text, 0)
	for m.ok {
		next := marker(text, m.end)
		if m.begin {
			end := next.start
			if !next.ok {
				end = len(text)
			}
			blocks = append(blocks, pemBlock(m.label, text[m.end:end]))
		}
		m = next
	}
	return blocks
}

func pemBlock(label, body string) keyBlock {
	place := strings.TrimSpace("PEM block " + label)
	if strings.Contains(body, "ENCRYPTED") || label == kindEncrypted {
		return keyBlock{place: place, label: label, kind: kindEncrypted}
	}
	der, ok := decodeKeyText(withoutHeaders(body))
	switch {
	case !ok:
		return keyBlock{place: place, label: label,
			fault: errors.New("is not base64: dots in place of the key, or a character missing?")}
	case len(der) == 0:
		return keyBlock{place: place, label: label, fault: errors.New("is empty")}
	}
	return newBlockOf(place, label, der)
}

// withoutHeaders leaves out lines such as "Comment: …".
func withoutHeaders(body string) string {
	if !strings.Contains(body, ":") {
		return body
	}
	var b strings.Builder
	for line := range strings.Lines(body) {
		if !strings.Contains(line, ":") {
			b.WriteString(line)
		}
	}
	return b.String()
}
