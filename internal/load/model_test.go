package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"
)

// TestModel reads each archive's files as a description, and compares the model. A line "include: a b" in the comment
// asks for a part of it.
func TestModel(t *testing.T) {
	archives, err := filepath.Glob("testdata/model/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { testModel(t, name) })
	}
}

func testModel(t *testing.T, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	fsys, want := fstest.MapFS{}, -1
	for i, f := range archive.Files {
		if f.Name == "want" {
			want = i
		} else {
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	var opts Options
	for line := range strings.Lines(string(archive.Comment)) {
		if list, ok := strings.CutPrefix(line, "include: "); ok {
			opts.Include = strings.Fields(list)
		}
	}
	api, err := Dir(fsys, opts)
	if err != nil {
		t.Fatal(err)
	}
	if want < 0 {
		t.Fatalf("no file called want; got:\n%s", dump(api))
	}
	if got := dump(api); *update {
		archive.Files[want].Data = []byte(got)
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if got != string(archive.Files[want].Data) {
		t.Errorf("got:\n%s", got)
	}
	checkAgreeable(t, fsys)
}
