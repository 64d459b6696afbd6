package load

import (
	"errors"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/golden"
)

// TestFaults reads each archive's files as a description, and compares all faults.
func TestFaults(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) map[string][]byte {
		api, err := Dir(c.FS(), Options{Name: "spec/", Examples: true})
		if err == nil {
			t.Fatalf("no fault; services: %d", len(api.Services))
		}
		return golden.Text(err.Error() + "\n")
	})
}

func TestFaultsAreOneError(t *testing.T) {
	fsys := fstest.MapFS{
		"a.yaml": &fstest.MapFile{
			Data: []byte("openapi: 3.0.0\ninfo: {title: A, version: \"3\"}\npaths: {}\n"),
		},
	}
	_, err := Dir(fsys, Options{})
	var faults fault.List
	if !errors.As(err, &faults) || len(faults) != 1 {
		t.Fatalf("Dir = %v, want one fault", err)
	}
	want := fault.Fault{File: "a.yaml", Line: 1, Col: 10, What: "document a.yaml: OpenAPI 3.0.0",
		Mend: "write 3.1.0"}
	if faults[0] != want {
		t.Errorf("got %#v, want %#v", faults[0], want)
	}
}
