package source

import (
	"fmt"
	"testing"
)

func TestParsePlaces(t *testing.T) {
	for text, want := range map[string]string{
		"a: b\n":               "",
		"\uFEFFa: 微信 # ok\n":   "",
		"a: b\r\nc: d\r\n":     "",
		"":                     "0:0: an empty file; remove it",
		"# only a comment\n":   "0:0: an empty file; remove it",
		"a: b\nc: \"\xff\"\n":  "2:5: a byte that is no UTF-8, 0xff; save the file as UTF-8",
		"微: 信\n微: 信\xe4\xbd\n": "2:5: a byte that is no UTF-8, 0xe4; save the file as UTF-8",
		"\xff\xfea\x00":        "1:1: a byte that is no UTF-8, 0xff; save the file as UTF-8",
		"a: b\nc: d\x00e\n":    "2:5: the character U+0000, which nobody sees; remove it",
		"a: \x1b[31mred\n":     "1:4: the character U+001B, which nobody sees; remove it",
		"a: x\x7f\n":           "1:5: the character U+007F, which nobody sees; remove it",
		"a: b # \u202e\n":      "1:8: the character U+202E, which nobody sees; remove it",
		"微信: \u2066\n":         "1:5: the character U+2066, which nobody sees; remove it",
		"\uFEFFa: \u200f\n":    "1:4: the character U+200F, which nobody sees; remove it",
		"a: b\uFEFF\n":         "1:5: the character U+FEFF, which nobody sees; remove it",
		"a: b\u0085c: d\n":     "1:5: the character U+0085, which nobody sees; remove it",
		"a: b\n---\nc: d\n": "2:1: a second document in one file; keep one description " +
			"per file",
		"a: b\n...\n---\n[": "4:2: not YAML: did not find expected node content; look for " +
			"indentation, quotes and brackets, there and above",
		"a: b: c\n": "1:5: not YAML: mapping values are not allowed in this " +
			"context; look for indentation, quotes and brackets, there and above",
		"a: b\n\tc: d\n": "2:1: not YAML: found a tab character that violates " +
			"indentation; look for indentation, quotes and brackets, there and above",
		"a: b\nc: *d\n": "2:4: not YAML: unknown anchor 'd' referenced; look for " +
			"indentation, quotes and brackets, there and above",
		"a: b\nc: \"\\uD800\"\n": "2:7: not YAML: found invalid Unicode character escape code; " +
			"look for indentation, quotes and brackets, there and above",
	} {
		doc, flaw := Parse([]byte(text))
		got := ""
		if flaw != nil {
			got = fmt.Sprintf("%d:%d: %s; %s", flaw.Line, flaw.Col, flaw.What, flaw.Mend)
		}
		if got != want || (doc == nil) != (want != "") {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}
