package config

import (
	"fmt"
	"testing"
)

var verbs = Verbs{
	"lint":     {{Name: "format", Words: []string{"text", "json"}}, {Name: "fix", Kind: Truth}},
	"generate": {{Name: "force", Kind: Truth}},
	"mock": {{Name: "probes", Kind: Count}, {Name: "fault", Kind: List},
		{Name: "dir", Path: true}},
	"list": nil,
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "0:0: an empty file; remove it",
		"spec: a\nspec: b\n":    `2:1: key "spec" stands twice, first in line 1; remove one`,
		"layer: a\n":            `1:1: unknown key "layer"; did you mean layers?`,
		"Spec: a\n":             `1:1: unknown key "Spec"; did you mean spec?`,
		"zzz: a\n":              `1:1: unknown key "zzz"; the keys are spec, layers, include, exclude, roles, output, module, generate, lint, mock`,
		"lint: {force: true}\n": `1:8: unknown key "force"; the keys are format, fix`,
		"list: {all: true}\n":   `1:1: unknown key "list"; did you mean lint?`,
		"output: [a]\n":         "1:9: output is no text; write one text",
		"layers: [[a]]\n": "1:10: layers is no text; write a text or a list " +
			"of texts",
		"layers:\n": "1:8: layers is no text; write a text or a list " +
			"of texts",
		"- a\n":                    "1:1: wxgen.yaml is no mapping; write keys with values",
		"lint: a\n":                "1:7: lint is no mapping; write keys with values",
		"spec: 12\n":               "1:7: spec is no text; put it in quotes",
		"include: [pay, true]\n":   "1:16: include is no text; put it in quotes",
		"roles: [partnr]\n":        `1:9: roles "partnr" is unknown; did you mean partner?`,
		"lint: {format: xml}\n":    `1:16: format "xml" is unknown; use one of text, json`,
		"lint: {format: jsn}\n":    `1:16: format "jsn" is unknown; did you mean json?`,
		"lint: {format: [text]}\n": "1:16: format is no text; write one text",
		"lint: {fix: maybe}\n":     "1:13: fix is no truth; write true or false",
		"mock: {probes: few}\n":    "1:16: probes is no whole number; write one like 10",
		"mock: {probes: 0, fault: [a, b]}": "[] map[mock:[{probes false [0] 1 16} {fault false " +
			"[a b] 1 26}]]",
		"mock: {dir: a}":   "[] map[mock:[{dir true [a] 1 13}]]",
		"lint:\nspec: x\n": "[{spec true [x] 2 7}] map[]",
		"include: pay\nlint: {fix: true}": "[{include false [pay] 1 10}] map[lint:[{fix false " +
			"[true] 2 13}]]",
		"layers: [a, b]\nroles: [brand]": "[{layer true [a b] 1 9} {role false [brand] 2 8}] map[]",
	} {
		settings, flaws := Parse([]byte(text), verbs)
		got := ""
		for _, f := range flaws {
			got += fmt.Sprintf("%d:%d: %s; %s", f.Line, f.Col, f.What, f.Mend)
		}
		if flaws == nil {
			got = fmt.Sprint(settings.All, settings.Verbs)
		}
		if got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}

func FuzzConfig(f *testing.F) {
	for _, seed := range []string{"spec: a\nlayers: [a, b]\nlint: {format: json}\n", "? [a]\n: b\n",
		"a: &x [*x]\n", "<<: {spec: a}\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		settings, flaws := Parse(text, verbs)
		if settings == nil && len(flaws) == 0 {
			t.Fatal("neither settings nor flaws")
		}
		for _, flaw := range flaws {
			if flaw.What == "" || flaw.Line < 0 {
				t.Errorf("%+v", flaw)
			}
		}
		if settings != nil && len(flaws) == 0 {
			for _, s := range settings.All {
				if s.Flag == "" || s.Line == 0 {
					t.Errorf("%+v", s)
				}
			}
		}
	})
}
