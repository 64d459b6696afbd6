package config

import (
	"fmt"
	"testing"
)

var verbs = Verbs{"lint": {"format", "fix"}, "generate": {"force"}, "list": nil}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "0:0: an empty file; remove it",
		"spec: a\nspec: b\n":              `2:1: key "spec" stands twice, first in line 1; remove one`,
		"layer: a\n":                      `1:1: unknown key "layer"; did you mean layers?`,
		"Spec: a\n":                       `1:1: unknown key "Spec"; did you mean spec?`,
		"zzz: a\n":                        `1:1: unknown key "zzz"; the keys are spec, layers, include, exclude, roles, output, module, generate, lint`,
		"lint: {force: true}\n":           `1:8: unknown key "force"; the keys are format, fix`,
		"list: {all: true}\n":             `1:8: unknown key "all"; the keys are `,
		"output: [a]\n":                   "1:9: output is no text; write one text",
		"layers: [[a]]\n":                 "1:10: layers is no text; write a text or a list of texts",
		"layers:\n":                       "1:8: layers is no text; write a text or a list of texts",
		"- a\n":                           "1:1: wxgen.yaml is no mapping; write keys with values",
		"lint: a\n":                       "1:7: lint is no mapping; write keys with values",
		"lint:\nspec: x\n":                "[{spec true [x] 2 7}] map[]",
		"include: pay\nlint: {fix: true}": "[{include false [pay] 1 10}] map[lint:[{fix false [true] 2 13}]]",
		"layers: [a, b]\nroles: [brand]":  "[{layer true [a b] 1 9} {role false [brand] 2 8}] map[]",
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
	for _, seed := range []string{"spec: a\nlayers: [a, b]\nlint: {format: json}\n", "? [a]\n: b\n", "a: &x [*x]\n", "<<: {spec: a}\n"} {
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
