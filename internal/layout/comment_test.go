package layout

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	yaml "go.yaml.in/yaml/v4"
)

// YAML allows a comment wherever it allows a blank. The parser forgets comments in some of these
// places.
func TestFormatKeepsCommentsEverywhere(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"behind a brace":   {"x-a: { # c\n  k: v}\n", "# c\nx-a: {k: v}\n"},
		"behind a bracket": {"x-a: [ # c\n  a, b]\n", "# c\nx-a: [a, b]\n"},
		"in brackets of a list": {"x-a:\n  - [ # c\n    a, b]\n  - z\n",
			"x-a:\n  # c\n  - [a, b]\n  - z\n"},
		"alone in brackets": {"x-a: [\n  # c\n]\n", "# c\nx-a: []\n"},
		"two behind brackets": {"x-a: [ # c\n  { # d\n   k: v}]\n",
			"# c\nx-a:\n  # d\n  - {k: v}\n"},
		"behind a colon":         {"x-a: # c\n  v\n", "x-a: v # c\n"},
		"behind colon and value": {"x-a: # c\n  v # d\n", "# c\nx-a: v # d\n"},
		"twice the same":         {"x-a: # c\n  v # c\n", "# c\nx-a: v # c\n"},
		"lines above a value":    {"x-a:\n  # c\n  # d\n  v\n", "# c\n# d\nx-a: v\n"},
		"behind an anchor": {"x-a: &a # c\n  k: v\nx-b: *a\n",
			"x-a: &a\n  k: v # c\nx-b: *a\n"},
		"behind a tag": {"x-a: !!str # c\n  \"1\"\n", "x-a: !!str \"1\" # c\n"},
		"behind a text's header": {"x-a: | # c\n  # d\n  e\n# f\n",
			"x-a: | # c\n  # d\n  e\n# f\n"},
		"below a text": {"x-a:\n  x-b: |-\n    # c\n  # d\n  x-c: e\n",
			"x-a:\n  x-b: |-\n    # c\n  # d\n  x-c: e\n"},
		"behind the document": {"x-a: v\n... # c\n", ""},
		"no comment in quotes": {"x-a: \"# c\"\nx-b: 'it''s # d'\nx-c: a#e\n",
			"x-a: \"# c\"\nx-b: \"it's # d\"\nx-c: \"a#e\"\n"},
		"no comment in long text": {"x-a: a\n  \"b\nx-b: c # d\n", "x-a: a \"b\nx-b: c # d\n"},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := Format("x.yaml", []byte("openapi: 3.1.0\n"+c.in))
			if got := strings.TrimPrefix(string(out), "openapi: 3.1.0\n"); c.want != "" &&
				(err != nil || got != c.want) {
				t.Errorf("got\n%s(%v)\nwant\n%s", got, err, c.want)
			}
			if c.want == "" && err == nil && !strings.Contains(string(out), "# c") {
				t.Errorf("the comment is lost:\n%s", out)
			}
		})
	}
}

func TestRemarks(t *testing.T) {
	for src, want := range map[string]string{
		"a: b #c\n":                             "1:6 #c",
		"a: b#c\n":                              "",
		"#a\n\t#b\n":                            "1:1 #a|2:2 #b",
		"a: [b, #c\n  d] # e\n":                 "1:8 #c|2:6 # e",
		"a: \"x # y\" # z\n":                    "1:12 # z",
		"a: 'x '' # y' # z\n":                   "1:15 # z",
		"a: \"x \\\" # y\"\n":                   "",
		"a: \"x\n  # y\" # z\n":                 "2:8 # z",
		"a: |  # h\n  # b\n # c\n":              "1:7 # h|3:2 # c",
		"a: |2\n    # b\n   # c\n  # d\n # e\n": "5:2 # e",
		"a:\n- >\n  # b\n\n  x\n# c\n":          "6:1 # c",
		"- - |\n    # b\n  # c\n":               "3:3 # c",
		"a: !!str # t\n  'b # c' # d\n":         "1:10 # t|2:11 # d",
		"a: &x |\n  # b\nc: *x # d\n":           "3:7 # d",
		"微信: 支付 # 付\n":                          "1:8 # 付",
		"--- # a\nb: c\n... # d\n":              "1:5 # a|3:5 # d",
		"a: b\r# c\rd: e # f\n":                 "2:1 # c|3:6 # f",
		"a: |\n\n  x # b\n\n\n# c\n":            "6:1 # c",
		"a: |\n# c\nb: d\n":                     "2:1 # c",
	} {
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(src), &doc); err != nil {
			t.Fatalf("%q: %v", src, err)
		}
		var got []string
		for _, c := range comments([]byte(src), &doc) {
			got = append(got, c.place()+" "+c.Text)
		}
		if want := strings.FieldsFunc(want, func(r rune) bool {
			return r == '|'
		}); !slices.Equal(got, want) {
			t.Errorf("%q:\n got %q\nwant %q", src, got, want)
		}
	}
}

// verify reports every comment that the layout loses.
func TestVerifyMissesComments(t *testing.T) {
	src := []byte("openapi: 3.1.0 # a\nx: # b\n  - y\n")
	doc, all, err := Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	for out, want := range map[string]string{
		"openapi: 3.1.0 # a\nx: [y] # b\n": "",
		"openapi: 3.1.0 # b\nx: [y] # a\n": "",
		"openapi: 3.1.0 # a\nx: [y]\n": "2:4: a comment stands where the layout would lose " +
			"it: # b; move it to a line of its own above what it is about",
		"openapi: 3.1.0\nx: [\"y\"] # b\n": "1:16: a comment stands where the layout would " +
			"lose it: # a; move it to a line of its own above what it is about",
		"openapi: 3.1.0 # a\nx: [z] # b\n": "3:5: bug in wxgen: the layout would change this " +
			"value; please report it",
		"openapi: 3.1.0 # a # b\nx: [y]\n\n": "1:16: a comment stands where the layout would " +
			"lose it: # a; move it to a line of its own above what it is about",
	} {
		got := strings.TrimPrefix(errorText(verify(doc, all, []byte(out))), ":")
		if got != want {
			t.Errorf("%q:\n got %s\nwant %s", out, got, want)
		}
	}
}

func (r Comment) place() string { return fmt.Sprintf("%d:%d", r.Line, r.col) }
