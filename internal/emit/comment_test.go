package emit

import (
	"bytes"
	"go/format"
	"strings"
	"testing"
)

func TestComment(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"short", "Get 查询.", "// Get 查询."},
		{"lines stay", "a\nb", "// a\n// b"},
		{"paragraphs", "a\n\n\nb\n", "// a\n//\n// b"},
		{"controls", "a\x00\u202eb\tc\ufeff", "// ab c"},
		{"broken UTF-8", "a\xffb", "// a\uFFFDb"},
		{"no punctuation first", strings.Repeat("字", 48) + "，字", "// " + strings.Repeat("字", 47) +
			"\n// 字，字"},
		{"no bracket last", strings.Repeat("字", 47) + "（字字）", "// " + strings.Repeat("字", 47) +
			"\n// （字字）"},
		{"long word", "x https://" + strings.Repeat("a", 120) + " y",
			"// x\n// https://" + strings.Repeat("a", 120) + "\n// y"},
	} {
		if got := comment(c.text); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestCommentFormat checks that gofmt does not change a comment when it formats it again.
func TestCommentFormat(t *testing.T) {
	for _, text := range nasty {
		checkComment(t, text)
	}
}

var nasty = []string{
	"# heading", "- a\n- b", "1. a\n2. b\n\n3) c", "  indented\n\n    code",
	"[x]: https://example.com", "[x]: y\n\ntext",
	"+build linux", "go:build linux", "export f", "line x.go:1", "nolint:all", "*/ /*", "a\r\nb\rc",
	"* star\n+ plus\n• dot",
	"Deprecated: no", "BUG(a): b", "`` quote ''", "//", "///", "// x", "\\", "\u2028x\u2029y", "#",
	"# a\n# b", "-", "1.", "text\n- a\ntext", "",
}

func FuzzComment(f *testing.F) {
	for _, text := range nasty {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkComment(t, text) })
}

func checkComment(t *testing.T, text string) {
	t.Helper()
	body := comment("T is it.", text)
	for line := range strings.Lines(body) {
		if !strings.HasPrefix(line, "//") {
			t.Fatalf("%q: line %q is no comment", text, line)
		}
	}
	once, err := format.Source([]byte("package x\n\n" + body + "\ntype T struct {\n" +
		comment(text) + "\n\tA int // " + oneLine(text) + "\n}\n"))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	twice, err := format.Source(once)
	if err != nil || !bytes.Equal(once, twice) {
		t.Fatalf("%q: gofmt is not done after one pass:\n%s\nthen\n%s", text, once, twice)
	}
}
