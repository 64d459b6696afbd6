package page

import "testing"

func TestReadJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{"a": 1, "b": ["x", {"c": null}], "d": {}, "e": []} rest`:             `{"a":1,"b":["x",{"c":null}],"d":{},"e":[]}`,
		"{\n  \"a\" : \"x\", // told by people\n  /* twice */ \"b\": true,\n}": `{"a":"x","b":true}`,
		`{"list": [1, 2, ...]}`: `{"list":[1,2]}`,
		"{\n7    \"a\" : 1,\n8    \"b\" : [\n9      {\n10        \"c\" : 2\n11      }\n12    ],\n13    \"n\" : [1, 2]\n14  }": `{"a":1,"b":[{"c":2}],"n":[1,2]}`,
		`{ 7 "a" : 1, 8 "b" : { 9 "c" : "x" 10 } 11 }`: `{"a":1,"b":{"c":"x"}}`,
		`{"a": whatever, "b": 1}`:                      `{"b":1}`,
		"{\"a\": \"two\nlines\"}":                      `{"a":"two\nlines"}`,
		`{"a":　1}`:                                     `{"a":1}`,
	} {
		v, _ := readJSON(text)
		if v == nil {
			t.Errorf("%s: none", text)
			continue
		}
		if got := string(v.json()); got != want {
			t.Errorf("%s:\ngot    %s\nwanted %s", text, got, want)
		}
	}
	for _, text := range []string{``, `{`, `{"a"`, `{"a":`, `{"a" 1}`, `[1, 2}`, `{"a": "x`} {
		if v, rest := readJSON(text); v != nil || rest != text {
			t.Errorf("%s: %s", text, v.json())
		}
	}
	if _, rest := readJSON(`{"a": 1}' tail`); rest != `' tail` {
		t.Errorf("rest %q", rest)
	}
}
