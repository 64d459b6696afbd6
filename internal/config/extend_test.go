package config

import "testing"

func TestExtend(t *testing.T) {
	for text, want := range map[string]string{
		"include: pay\n": "include: [pay, a-b, brand/c]\n",
		"include: [pay, refund] # ours\noutput: x\n": "include: [pay, refund, a-b, brand/c] # " +
			"ours\n" +
			"output: x\n",
		"include: [pay,\n  '/v3/a/**' ]\n": "include: [pay,\n" +
			"  '/v3/a/**', a-b, brand/c ]\n",
		"# 一\ninclude:\n  - pay # 付\n  # 二\nspec: a": "# 一\n" +
			"include:\n  - pay # 付\n  - a-b\n  - brand/c\n  # 二\nspec: a",
		"include:\n- pay\n- \"refund\"": "include:\n" +
			"- pay\n- \"refund\"\n- a-b\n- brand/c\n",
		"{include: [pay], spec: a}\n":   "{include: [pay, a-b, brand/c], spec: a}\n",
		"layers: [a]\n":                 "",
		"include: []\n":                 "",
		"include: [\"p\\u0061y\"]\n":    "",
		"include: {a: b}\n":             "",
		"include: [\n":                  "",
		"include: *a\n":                 "",
		"include: [pay, [refund]]\n":    "",
		"output: &o [x]\ninclude: *o\n": "",
		"include: >-\n  pay\n":          "",
		"include: [pay]\r\nspec: a\r\n": "include: [pay, a-b, brand/c]\r\nspec: a\r\n",
	} {
		got, ok := Extend([]byte(text), "include", []string{"a-b", "brand/c"})
		if ok != (want != "") || ok && string(got) != want {
			t.Errorf("%q: %v\n got %q\nwant %q", text, ok, got, want)
		}
	}
}
