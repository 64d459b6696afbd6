package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rsc.io/qr"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/judge"
)

func joined(list []span) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(s.Text)
	}
	return b.String()
}

func TestSpans(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":1}`:                     "{\n  \"a\": 1\n}",
		` { "a" : [ true , null ] } `: "{\n  \"a\": [\n    true,\n    null\n  ]\n}",
		`[]`:                          "[]",
		`{"a":{},"b":[ ]}`:            "{\n  \"a\": {},\n  \"b\": []\n}",
		`"\u4e2d\"x"`:                 `"\u4e2d\"x"`,
		`9007199254740993`:            "9007199254740993",
		`{"a":`:                       `{"a":`,
		"":                            "",
		"\xff":                        "\uFFFD",
	} {
		if got := joined(spans([]byte(in), nil)); got != want {
			t.Errorf("%s is laid out as\n%s\nwant\n%s", in, got, want)
		}
	}
	list := spans([]byte(`{"user":{"na/me":"张三"},"other":"张三"}`),
		[]judge.Sealed{{At: "/body/user/na/me"}})
	marked := 0
	for _, s := range list {
		if s.Class == "sealed" {
			marked++
		}
	}
	if marked != 1 {
		t.Errorf("%d values are marked as sealed: %v", marked, list)
	}
}

// TestSpansOfDepth indents text of brackets alone: its size stays in proportion.
func TestSpansOfDepth(t *testing.T) {
	deep := strings.Repeat(`{"a":[`, 4500) + strings.Repeat("]}", 4500)
	if n := len(joined(spans([]byte(deep), nil))); n > 100*len(deep) {
		t.Errorf("%d bytes became %d", len(deep), n)
	}
}

func FuzzSpans(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"\"",{}],"b":null}`, `[[],[[]]]`, "\"\xff\"", `{"a":1`,
		`1e5`, " [ ] "} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		out := joined(spans(in, nil))
		if !json.Valid(in) || !json.Valid([]byte(out)) {
			return
		}
		var was, is bytes.Buffer
		if json.Compact(&was, in) != nil || json.Compact(&is, []byte(out)) != nil ||
			strings.ToValidUTF8(was.String(), "\uFFFD") != is.String() {
			t.Errorf("%s became %s", was.String(), is.String())
		}
	})
}

func TestCompare(t *testing.T) {
	const wanted = "POST\n/v3/x?y=1\n17\nabc\n{\"a\":\"中文\"}\n"
	for signed, differs := range map[string]string{
		"POST\n/v3/x\n17\nabc\n{\"a\":\"中文\"}\n":          "URL",
		"post\n/v3/x?y=1\n17\nabc\n{\"a\":\"中文\"}\n":      "method",
		"POST\n/v3/x?y=1\n17\nabc\n{\"a\":\"中国\"}\n":      "body",
		"POST\n/v3/x?y=1\n17\nabc\n{\"a\":\"中文\"}":        "body",
		"POST\r\n/v3/x?y=1\r\n17\r\nabc\r\n{\"a\":1}\r\n": "method URL timestamp nonce body",
		"17\nabc\n{}\n": "method URL timestamp nonce body",
		"":              "",
	} {
		x := &mock.Exchange{Expected: wanted, Signed: signed,
			Verdicts: []judge.Verdict{{Check: "signature", Result: judge.Fail}}}
		c := compare(x)
		var names []string
		for _, l := range c.Lines {
			if l.Differs {
				names = append(names, l.Name)
				if !strings.Contains(fmt.Sprint(l.Signed, l.Wanted), "{diff ") {
					t.Errorf("%q: the line %s differs, and nothing is marked: %v %v", signed,
						l.Name, l.Signed, l.Wanted)
				}
			}
			if strings.Contains(joined(l.Signed)+joined(l.Wanted), "\uFFFD") {
				t.Errorf("%q: a character is cut in two: %v %v", signed, l.Signed, l.Wanted)
			}
		}
		if got := strings.Join(names, " "); got != differs || c.Known != (signed != "") {
			t.Errorf("%q differs in %q, want %q", signed, got, differs)
		}
	}
	if compare(&mock.Exchange{Expected: wanted,
		Verdicts: []judge.Verdict{{Check: "signature", Result: judge.Pass}}}) != nil {
		t.Error("a signature that is right is compared")
	}
}

// TestSquare draws the path of a code, and compares it with the code.
func TestSquare(t *testing.T) {
	const text = "weixin://wxpay/bizpayurl?pr=003040421"
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	s := newSquare(text)
	black := map[[2]int]bool{}
	for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`).
		FindAllStringSubmatch(s.Path, -1) {
		var x, y, run, back int
		if _, err := fmt.Sscan(m[1], &x); err != nil {
			t.Fatal(err)
		}
		_, _ = fmt.Sscan(m[2], &y)
		_, _ = fmt.Sscan(m[3], &run)
		if _, _ = fmt.Sscan(m[4], &back); run != back {
			t.Fatalf("%s does not close", m[0])
		}
		for i := range run {
			black[[2]int{x + i, y}] = true
		}
	}
	for y := range s.Size {
		for x := range s.Size {
			if want := code.Black(x-quiet, y-quiet); black[[2]int{x, y}] != want {
				t.Fatalf("the module at %d,%d is wrong", x, y)
			}
		}
	}
	if newSquare(strings.Repeat("x", 5000)) != nil {
		t.Error("what is too long has a code")
	}
}

// TestTexts checks that every text of the templates has a translation, and every check and fault a
// name.
func TestTexts(t *testing.T) {
	list, err := filepath.Glob("templates/*.html")
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	for _, name := range list {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\(?\bt "([^"]*)"`).FindAllStringSubmatch(string(text),
			-1) {
			if chinese[m[1]] == "" {
				t.Errorf("%s: %q has no translation", name, m[1])
			}
		}
	}
	for _, k := range fault.Kinds {
		if key := "fault: " + string(k); chinese[key] == "" || labels[key] == "" {
			t.Errorf("fault %q has no name", k)
		}
	}
	for key := range labels {
		if chinese[key] == "" {
			t.Errorf("%q has no translation", key)
		}
	}
}
