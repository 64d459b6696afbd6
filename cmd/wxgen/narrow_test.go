package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/brief"
	"github.com/wxgen/wxgen/spec"
)

// What goes into a layer over the built-in description is the same whether all of that description
// is read or the part that the pages concern. The same files in a folder are read whole.
func TestNarrow(t *testing.T) {
	if brief.Run() {
		t.Skip("it reads the whole description a dozen times")
	}
	whole := t.TempDir()
	if err := os.CopyFS(whole, spec.FS); err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Abs("../../internal/page/testdata")
	if err != nil {
		t.Fatal(err)
	}
	for name, verbs := range map[string][][]string{
		"a path of a new service": {{"new", "GET", "/brand/flowers/roses", "--query", "color"}},
		"pages of WeChat Pay":     {{"import", "--accept", filepath.Join(pages, "official")}},
	} {
		t.Run(name, func(t *testing.T) {
			narrow := laid(t, builtIn, verbs)
			want := laid(t, whole, verbs)
			prefix := filepath.ToSlash(whole) + "/"
			for file, text := range want {
				want[file] = strings.ReplaceAll(strings.ReplaceAll(text, prefix, builtInName),
					whole, builtIn)
			}
			sameTexts(t, narrow, want)
		})
	}
}

// laid runs verbs with an empty layer over a description. It returns the files of the layer and
// what the verbs print.
func laid(t *testing.T, base string, verbs [][]string) map[string]string {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.Mkdir("ours", 0o755); err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	for _, args := range verbs {
		root := newRoot()
		root.SetArgs(append(args, "--spec", base, "--layer", "ours"))
		root.SetOut(&printed)
		root.SetErr(&printed)
		if err := root.Execute(); err != nil {
			printed.WriteString(err.Error() + "\n")
		}
	}
	all := map[string]string{"what is printed": printed.String()}
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.FromSlash(name))
		all[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func sameTexts(t *testing.T, got, want map[string]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d texts; want %d", len(got), len(want))
	}
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got[name], text)
		}
	}
}
