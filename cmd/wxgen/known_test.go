package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The pages of this description bring nothing new, and their contradictions are all in known.tsv
// and corrections.tsv.
func TestCatalogueIsKnown(t *testing.T) {
	catalogue := os.Getenv("WXGEN_CATALOG")
	if catalogue == "" {
		t.Skip("WXGEN_CATALOG names no catalogue of pages")
	}
	dir := filepath.Join(t.TempDir(), "spec")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "spec"))); err != nil {
		t.Fatal(err)
	}
	root := newRoot()
	var out, errs bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&errs)
	root.SetArgs([]string{"import", "--spec", dir, catalogue})
	if err := root.Execute(); err != nil || errs.Len() > 0 {
		t.Errorf("%v\n%.2000s", err, errs.Bytes())
	}
	if !bytes.HasSuffix(out.Bytes(), []byte(" pages read, nothing new, 0 files written\n")) {
		t.Errorf("%s", out.Bytes())
	}
}
