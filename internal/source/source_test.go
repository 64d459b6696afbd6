package source

import (
	"fmt"
	"slices"
	"testing"
	"testing/fstest"
)

func TestFind(t *testing.T) {
	fsys := fstest.MapFS{
		"b.yaml": {}, "a.yml": {}, "v3/deep/c.yaml": {}, "notes.md": {}, ".hidden.yaml": {},
		".git/x.yaml": {}, ".wxgen-stage/0.new": {},
		"folder.yaml/d.yaml": {}, "UPPER.YAML": {},
	}
	got, err := Find(fsys)
	if want := []string{"a.yml", "b.yaml", "folder.yaml/d.yaml", "v3/deep/c.yaml"}; err != nil ||
		!slices.Equal(got, want) {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestFindBounds(t *testing.T) {
	many := fstest.MapFS{}
	for i := range maxFiles + 1 {
		many[fmt.Sprintf("%d.yaml", i)] = &fstest.MapFile{}
	}
	part, large := make([]byte, MaxFile), fstest.MapFS{}
	for i := range maxTotal/MaxFile + 1 {
		large[fmt.Sprintf("%d.yaml", i)] = &fstest.MapFile{Data: part}
	}
	for name, fsys := range map[string]fstest.MapFS{"many": many, "large": large} {
		if _, err := Find(fsys); fmt.Sprint(err) != "more than 10000 files or 256 MiB of YAML "+
			"are no description" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDescribes(t *testing.T) {
	for text, want := range map[string]bool{
		"openapi: 3.1.0\n": true, "# x\n\"openapi\" : 3.1.0\n": true, "paths: {}\n": true,
		"'webhooks':\n": true, "components: {}\n": true,
		"kind: Service\n": false, "x:\n  openapi: 3.1.0\n": false, "": false,
		"# openapi: 3.1.0\n": false,
	} {
		for _, name := range []string{"a.yaml", "a.yml", "deep/er/a.yml"} {
			if got := Describes(fstest.MapFS{name: {Data: []byte(text)}}); got != want {
				t.Errorf("%s with %q: %v", name, text, got)
			}
		}
		if Describes(fstest.MapFS{"a.json": {Data: []byte(text)},
			".a.yaml": {Data: []byte(text)}}) {
			t.Errorf("%q in a file that is not read makes a description", text)
		}
	}
}
