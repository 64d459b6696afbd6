package load

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/internal/source"
)

var update = flag.Bool("update", false, "write what the tests want anew")

// TestFaults reads each archive's files as a description, and compares everything wrong with it.
func TestFaults(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { testFaults(t, name) })
	}
}

func testFaults(t *testing.T, name string) {
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
	api, err := Dir(fsys, Options{Name: "spec/", Examples: true})
	if err == nil {
		t.Fatalf("no fault; services: %d", len(api.Services))
	}
	got := err.Error() + "\n"
	if want < 0 {
		t.Fatalf("no file called want; got:\n%s", got)
	}
	if *update {
		archive.Files[want].Data = []byte(got)
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if got != string(archive.Files[want].Data) {
		t.Errorf("got:\n%swant:\n%s", got, archive.Files[want].Data)
	}
}

func TestFaultsAreOneError(t *testing.T) {
	fsys := fstest.MapFS{"a.yaml": &fstest.MapFile{Data: []byte("openapi: 3.0.0\ninfo: {title: A, version: \"3\"}\npaths: {}\n")}}
	_, err := Dir(fsys, Options{})
	var faults source.Faults
	if !errors.As(err, &faults) || len(faults) != 1 {
		t.Fatalf("Dir = %v, want one fault", err)
	}
	want := source.Fault{File: "a.yaml", Line: 1, Col: 10, What: "document a.yaml: OpenAPI 3.0.0", Mend: "write 3.1.0"}
	if faults[0] != want {
		t.Errorf("got %#v, want %#v", faults[0], want)
	}
}
