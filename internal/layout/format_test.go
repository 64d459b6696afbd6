package layout

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/spec"
)

// commented has a comment in every place where there can be one.
const commented = `# head of the file

# head of the first key
openapi: 3.1.0 # 1
info: {title: x, version: "3"} # 2
servers:
  # first
  - {url: "https://a"}   # 3

  # second
  - url: https://b # 4
    # within
    description: b
  # after the list
paths:

  # path
  /v3/x: # 5
    get: # 6
      summary: s
      operationId: GetX  # 7
      parameters:
        # item
        - name: b # 8
          # schema
          schema: {type: string} # 9
        # after the items
      responses:
        default:
          content:
            application/json:
              schema:
                # required
                required: [a, b] # 10
                properties:
                  a: {type: string} # TODO required?
                  b: {type: string, enum: [A, # inner
                    B]}
                  # after the properties

                  # and more
          # after the response
components:
  schemas:
    # A
    A: {type: string}

    B:
      enum: # 11
        - a # 12
        # b
        - b
# end
`

func TestFormatKeepsComments(t *testing.T) {
	out, err := Format("x.yaml", []byte(commented))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(commented, "\n") {
		if _, c, ok := strings.Cut(line, "# "); ok && !bytes.Contains(out, []byte("# "+c)) {
			t.Errorf("the comment %q is lost", c)
		}
	}
	for _, together := range []string{"operationId: GetX # 7\n", "required: [a, b] # 10\n",
		"# second\n  - url:", "a: {type: string} # TODO required?\n"} {
		if !bytes.Contains(out, []byte(together)) {
			t.Errorf("no longer there: %q in\n%s", together, out)
		}
	}
}

// TestFormatDialect prints all keys about callers and about the limits of values, which come in any
// order.
func TestFormatDialect(t *testing.T) {
	const src = `openapi: 3.1.0
paths:
  /v3/x:
    get:
      x-wxpay-errors: [{label: 参数错误, code: PARAM_ERROR, status: 400}, {status: 500, code: SYSTEM_ERROR, label: 系统异常，请稍后重试，请勿更换商户订单号}]
      responses: {"204": {description: OK}}
      x-wxpay-one-of: [{required: [a]}, {required: [b]}]
      x-wxpay-idempotent: true
      x-wxpay-updated: 2025-01-31
      x-wxpay-roles: [merchant, partner]
      tags: [退款]
      operationId: X
      deprecated: true
components:
  schemas:
    A:
      properties: {a: {x-wxpay-length: bytes, pattern: a, maximum: 3, minimum: 1, maxLength: 5, type: string, minLength: 3}}
      anyOf: [{required: [a]}, {required: [b]}]
      oneOf: [{required: [a]}, {required: [b]}]
      required: [a]
      type: object
`
	const want = `openapi: 3.1.0
paths:
  /v3/x:
    get:
      operationId: X
      deprecated: true
      tags: [退款]
      x-wxpay-roles: [merchant, partner]
      x-wxpay-updated: 2025-01-31
      x-wxpay-idempotent: true
      x-wxpay-one-of: [{required: [a]}, {required: [b]}]
      responses:
        "204": {description: OK}
      x-wxpay-errors:
        - {status: 400, code: PARAM_ERROR, label: 参数错误}
        - {status: 500, code: SYSTEM_ERROR, label: 系统异常，请稍后重试，请勿更换商户订单号}
components:
  schemas:
    A:
      type: object
      required: [a]
      oneOf: [{required: [a]}, {required: [b]}]
      anyOf: [{required: [a]}, {required: [b]}]
      properties:
        a: {type: string, minimum: 1, maximum: 3, minLength: 3, maxLength: 5, x-wxpay-length: bytes, pattern: a}
`
	out, err := Format("x.yaml", []byte(src))
	if err != nil || string(out) != want {
		t.Errorf("got %v\n%s\nwant\n%s", err, out, want)
	}
}

func TestFormatScalars(t *testing.T) {
	for in, want := range map[string]string{
		`'plain'`: `plain`, `"it's"`: `it's`, `"12"`: `"12"`, `12`: `12`, `0x1F`: `0x1F`,
		`"0x1F"`: `"0x1F"`, `1e3`: `1e3`, `"1e3"`: `"1e3"`,
		`"true"`: `"true"`, `true`: `true`, `"Y"`: `"Y"`, `"off"`: `"off"`, `"null"`: `"null"`,
		`null`: `null`, `~`: `~`, ``: `null`,
		`"2026-11-23"`: `"2026-11-23"`, `2026-11-23`: `2026-11-23`, `"12:30"`: `"12:30"`,
		`3.1.0`: `3.1.0`, `"a: b"`: `"a: b"`, `"a #b"`: `"a #b"`,
		`"https://x"`: `"https://x"`, `https://x`: `"https://x"`, `"- a"`: `"- a"`,
		`"a, b"`: `a, b`, `"[a"`: `"[a"`, `"\ta\n"`: `"\ta\n"`,
		`"\u0007"`: `"\x07"`, `" a"`: `" a"`, `"微信"`: `微信`, `!!str 12`: `!!str "12"`,
		`&a x`: `&a x`, `"*a"`: `"*a"`, `"<<"`: `"<<"`, `".5"`: `".5"`,
	} {
		out, err := Format("x.yaml", []byte("openapi: 3.1.0\nx-v: "+in+"\n"))
		if got := strings.TrimPrefix(string(out), "openapi: 3.1.0\nx-v: "); err != nil ||
			got != want+"\n" {
			t.Errorf("%s became %q, want %q (%v)", in, got, want, err)
		}
	}
}

func TestFormatAnchors(t *testing.T) {
	src := "x-a: &a {type: string}\npaths: {}\nx-b: [*a, *a]\nx-c: {<<: *a, description: more}\n" +
		"openapi: 3.1.0\n"
	out, err := Format("x.yaml", []byte(src))
	if err != nil || string(out) != src {
		t.Errorf("anchors and their aliases must stay in order:\n%s%v", out, err)
	}
}

func TestFormatRefuses(t *testing.T) {
	for src, want := range map[string]string{
		"": "x.yaml: an empty file; remove it",
		"a: 1\n": "x.yaml:1:1: no description: the key openapi is " +
			"missing at the top; start with openapi: 3.1.0",
		"- openapi\n": "x.yaml:1:1: no description: the key openapi is " +
			"missing at the top; start with openapi: 3.1.0",
		"openapi: 3.1.0\n---\na: 1\n": "x.yaml:2:1: a second document in one file; keep " +
			"one description per file",
		"openapi: 3.1.0\nx: {[a]: b}\n": "x.yaml:2:5: a key that is no plain text; OpenAPI " +
			"has none; write the key out",
		"openapi: 3.1.0\nx: [a\n": "x.yaml:2:6: not YAML: did not find expected ',' " +
			"or ']'; look for indentation, quotes and brackets, there and above",
		"openapi: 3.1.0\nx: *nowhere\n": "x.yaml:2:4: not YAML: unknown anchor 'nowhere' " +
			"referenced; look for indentation, quotes and brackets, there and above",
		"openapi: 3.1.0\nx: &a [*a]\n":     "",
		"openapi: 3.1.0\n? a\n: b\nc: d\n": "",
		"openapi: 3.1.0\nx: \"\\uD800\"\n": "x.yaml:2:7: not YAML: found invalid Unicode " +
			"character escape code; look for indentation, quotes and brackets, there and above",
		"openapi: 3.1.0\npaths: {a: 1, a: 2}": "",
	} {
		_, err := Format("x.yaml", []byte(src))
		if got := errorText(err); got != want && want != "" {
			t.Errorf("%q:\n got %s\nwant %s", src, got, want)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// The committed description is in its canonical form.
func TestFormatSpec(t *testing.T) {
	err := fs.WalkDir(spec.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".yaml") {
			return err
		}
		src, err := fs.ReadFile(spec.FS, name)
		if err != nil {
			return err
		}
		out, err := Format(name, src)
		if err == nil && !bytes.Equal(out, src) {
			t.Errorf("%s is laid out otherwise; run wxgen fmt", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// FuzzFormat: the formatted text has the same values and comments, and formatting it again changes
// nothing.
func FuzzFormat(f *testing.F) {
	f.Add([]byte(commented))
	for _, s := range []string{"x: &a [*a]", "x: |\n  a\n\n  b\n", "x: >+\n  a\n   b\n\n",
		"x: !!set {a, b}", "? x\n: y", "x: 'a\n\n  b'", "x: {a: 1, a: 2}",
		"x:\n- - a\n  - b\n-\n  # c\n  k: v", "x: \"\\u2028\"", "x: !<tag:yaml.org,2002:str> a",
		"<<: {a: b}", "x: -\ny: +.inf", "x: # c\n  - a\n# d\ny: z",
		"x: [ # c\n a, { # d\n b: |\n}]",
		"x: |2 # c\n    # d\n   # e\n# f", "x: \"a\n # b\" # c\ny: 'a ''# b'",
		"--- # a\nx: !!str # b\n 'c'\n... # d"} {
		f.Add([]byte("openapi: 3.1.0\n" + s + "\n"))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		out, err := Format("x.yaml", src)
		if err != nil {
			if strings.Contains(err.Error(), "bug") || strings.Contains(err.Error(), "would lose") {
				t.Fatalf("%v\n%q", err, src)
			}
			return
		}
		again, err := Format("x.yaml", out)
		if err != nil {
			t.Fatalf("the second time: %v\n%q\n%q", err, src, out)
		}
		if !bytes.Equal(out, again) {
			t.Fatalf("not idempotent\n%q\n%q\n%q", src, out, again)
		}
		sameComments(t, UnixLines(src))
	})
}

// sameComments checks that Parse finds all comments and nothing else: with other words in them the
// values stay the same, and the parser finds no old comment.
func sameComments(t *testing.T, src []byte) {
	doc, all, err := Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsAny(src, "\r\u0085\u2028\u2029\uFEFF") {
		return // lines and columns are the parser's, and hard to count here
	}
	lines := strings.SplitAfter(string(src), "\n")
	for _, r := range all {
		before := string([]rune(lines[r.Line-1])[:r.col-1])
		if !strings.HasPrefix(lines[r.Line-1][len(before):], "#") {
			t.Fatalf("no comment at %s of %q", r.place(), src)
		}
		lines[r.Line-1] = before + "# another\n"
	}
	changed := strings.Join(lines, "")
	var other yaml.Node
	if err := yaml.Unmarshal([]byte(changed), &other); err != nil {
		t.Fatalf("%v\n%q\n%q", err, src, changed)
	}
	if at, ok := same(doc, &other); !ok {
		t.Fatalf("%d:%d is another value\n%q\n%q", at.Line, at.Column, src, changed)
	}
	for _, r := range Attached(&other, nil) {
		if r.Text != "# another" {
			t.Fatalf("the comment %s was not found\n%q\n%q", r.Text, src, changed)
		}
	}
}

// The time of Format grows with the size of the file, and not with its square, which would be 64
// times as much for 8 times as many entries. The limit lies between, and there are several tries,
// since the machine may be busy.
func TestFormatIsLinear(t *testing.T) {
	for name, entry := range map[string]string{"keys": "x-%d: v\n",
		"comments": "x-%d: v # c %[1]d\n", "lost comments": "x-%d: [ # c %[1]d\n]\n"} {
		took := func(n int) time.Duration {
			src := []byte("openapi: 3.1.0\n")
			for i := range n {
				src = fmt.Appendf(src, entry, i)
			}
			start := time.Now()
			if _, err := Format("x.yaml", src); err != nil {
				t.Fatal(err)
			}
			return time.Since(start)
		}
		few, many := time.Hour, time.Hour
		for try := 0; try == 0 || try < 5 && many > 32*few; try++ {
			few, many = min(few, took(1600), took(1600)), min(many, took(12800))
		}
		if many > 32*few {
			t.Errorf("%s: %v for 1600, %v for 12800", name, few, many)
		}
	}
}
