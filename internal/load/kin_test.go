package load

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/internal/brief"
	"github.com/wxgen/wxgen/internal/check"
)

// checkAgreeable checks that another OpenAPI tool accepts the descriptions that wxgen reads.
func checkAgreeable(t *testing.T, fsys fs.FS) {
	t.Helper()
	faults, err := check.WithKin(fsys, "")
	if err != nil {
		t.Error(err)
	}
	for _, f := range faults {
		t.Error(f)
	}
}

func TestDescriptionIsOpenAPI(t *testing.T) {
	if brief.Run() {
		t.Skip("it has another tool read the description, one file after the other")
	}
	fsys := os.DirFS("../../spec")
	if _, err := Dir(fsys, Options{Name: "spec/"}); err != nil {
		t.Fatal(err)
	}
	checkAgreeable(t, fsys)
}

// TestWithKin reads a document that wxgen accepts and OpenAPI refuses: its license has no name.
func TestWithKin(t *testing.T) {
	fsys := fstest.MapFS{"v3/bill.yaml": {Data: []byte(`openapi: 3.1.0
info:
  title: 账单
  version: "3"
  license:
    url: https://example.com/license
paths: {}
`)}}
	if _, err := Dir(fsys, Options{}); err != nil {
		t.Fatal(err)
	}
	faults, err := check.WithKin(fsys, "spec/")
	if err != nil || len(faults) != 1 {
		t.Fatalf("faults %v, error %v; want one fault", faults, err)
	}
	const want = "spec/v3/bill.yaml:5:3"
	if got := faults[0].Error(); got[:len(want)] != want {
		t.Errorf("fault at %s; want it at %s", got, want)
	}
	t.Log(faults[0])
}
