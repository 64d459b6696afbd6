package mend

import (
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/fault"
)

// mends are texts with a fault at », and the mended texts.
var mends = map[string]struct{ in, what, mend, want string }{
	"a plain word": {"a: {type: »strng}", "", "did you mean string?",
		"a: {type: string}"},
	"a word in quotes": {`a: {type: »"strng"}`, "", "did you mean string?",
		`a: {type: "string"}`},
	"a word behind Chinese": {`a: {d: 颜色, type: »'strng'}`, "", "did you mean string?",
		`a: {d: 颜色, type: 'string'}`},
	"a key": {"a:\n  »typ: x", "", "did you mean type?",
		"a:\n  type: x"},
	"a part of a $ref": {`$ref: »"#/components/schemas/Colours"`, "",
		"did you mean Colour?", ""},
	"a word with an escape": {`a: »"str\u006Eg"`, "", "did you mean string?", ""},
	"a number":              {"a: »3", "", "put it in quotes", `a: "3"`},
	"a folded text":         {"a: »>-\n  x\n  y", "", "put it in quotes", ""},
	"an entry in a flow": {"- »{name: x, in: path}", "", "write required: true",
		"- {required: true, name: x, in: path}"},
	"an entry in a block": {"- »name: x\n  in: path", "", "write required: true",
		"- required: true\n  name: x\n  in: path"},
	"an entry that is there": {"- »{name: x, required: false}", "",
		"write required: true", "- {name: x, required: true}"},
	"a type, deep": {"a:\n    »maxLength: 3", "", "write type: string",
		"a:\n    type: string\n    maxLength: 3"},
	"an entry of nothing": {"a: »{}", "", "write required: true", ""},
	"a choice": {"a: »{}", "",
		"write x-go-pointer: true (or false) beside it", ""},
	"the first of a flow": {"a: {»format: x, b: 1}",
		"format has no meaning for an object", "remove it", "a: {b: 1}"},
	"the last of a flow": {"a: {b: 1, »format: x}",
		"format has no meaning for an object", "remove it", "a: {b: 1}"},
	"the only one": {"a: {»format: x}", "format has no meaning for an object",
		"remove it", ""},
	"a line": {"a:\n  »format: x\n  b: 1",
		"format has no meaning for an object", "remove it", "a:\n  b: 1"},
	"the last line": {"a:\n  b: 1\n  »format: x",
		"format has no meaning for an object", "remove it", "a:\n  b: 1\n"},
	"a line with a comment": {"a:\n  »format: x # why\n  b: 1",
		"format has no meaning for an object", "remove it", ""},
	"a line that begins an item": {"- »format: x\n  b: 1",
		"format has no meaning for an object", "remove it", ""},
	"an item of lines": {"a:\n  - x\n  - »x", "tags has x twice", "remove one",
		"a:\n  - x\n"},
	"an item of a flow": {"a: [x, »x, y]", "tags has x twice", "remove one",
		"a: [x, y]"},
	"a value that has a label": {"{enum: [x, »x], x-enum-descriptions: [a, b]}",
		"enum has x twice", "remove one", ""},
	"a value that has none": {"{enum: [x, »x], type: string}", "enum has x twice",
		"remove one", "{enum: [x], type: string}"},
	"an object": {"a: {b: 1, »encoding: {c: 2}}",
		"encoding has no meaning here", "remove it", ""},
	"a key that stands twice": {"a: {b: 1, »b: 2}",
		`key "b" stands twice, first in line 1`, "", ""},
	"a character": {"a: »x", "the character U+0007, which nobody sees",
		"remove it", ""},
	"what may be of another nature": {"a: {b: 1, »x-wxpay-length: clear}",
		"x-wxpay-length clear on a string that is not sensitive", "remove it", ""},
}

func TestMends(t *testing.T) {
	for name, c := range mends {
		before, _, _ := strings.Cut(c.in, "»")
		line, col := 1+strings.Count(before, "\n"),
			1+len([]rune(before[strings.LastIndex(before, "\n")+1:]))
		files := map[string][]byte{"x.yaml": []byte(strings.Replace(c.in, "»", "", 1))}
		changed, done := Files(files, "spec/",
			fault.List{{File: "spec/x.yaml", Line: line, Col: col, What: c.what, Mend: c.mend}})
		if got := string(changed["x.yaml"]); got != c.want || len(done) > 0 != (c.want != "") {
			t.Errorf("%s: %q, %d mended, want %q", name, got, len(done), c.want)
		}
	}
}

// Two faults at one place are mended one after the other, in two runs: the first mend may remove
// the second fault.
func TestOnePlace(t *testing.T) {
	f := fault.Fault{File: "x.yaml", Line: 1, Col: 4, Mend: "did you mean string?"}
	g := fault.Fault{File: "x.yaml", Line: 1, Col: 4, Mend: "put it in quotes"}
	changed, done := Files(map[string][]byte{"x.yaml": []byte("a: strng")}, "", fault.List{f, g})
	if got := string(changed["x.yaml"]); got != "a: string" || len(done) != 1 {
		t.Errorf("%q, %v", got, done)
	}
}
