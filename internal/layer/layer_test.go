package layer

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/internal/golden"
)

// Each archive holds layers, "1/…" below "2/…" and so on, and their result, in which every node
// that is not from layer 1 names its origin.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			in, want := split(archive)
			got := lay(t, in)
			if golden.Update() {
				archive.Files = append(in, got...)
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if g, w := string(txtar.Format(&txtar.Archive{Files: got})),
				string(txtar.Format(&txtar.Archive{Files: want})); g != w {
				t.Errorf("got:\n%s\nwant:\n%s", g, w)
			}
		})
	}
}

func split(a *txtar.Archive) (in, want []txtar.File) {
	for _, f := range a.Files {
		if strings.HasPrefix(f.Name, "want/") || f.Name == "faults" {
			want = append(want, f)
		} else {
			in = append(in, f)
		}
	}
	return in, want
}

// lay stacks the layers of an archive.
func lay(t *testing.T, in []txtar.File) (out []txtar.File) {
	t.Helper()
	layers := map[string][]*Doc{}
	for _, f := range in {
		var n yaml.Node
		if err := yaml.Load(f.Data, &n); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		number, name, _ := strings.Cut(f.Name, "/")
		layers[number] = append(layers[number], &Doc{Name: name, Shown: f.Name, Root: n.Content[0]})
	}
	var s *Stack
	var faults []Fault
	for _, number := range slices.Sorted(maps.Keys(layers)) {
		docs := layers[number]
		switch {
		case s == nil:
			s = New(docs)
		case IsOverlay(docs[0].Root):
			faults = append(faults, s.Apply(docs[0])...)
		default:
			faults = append(faults, s.Lay(docs)...)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Docs)) {
		sign(s, s.Docs[name].Root)
		text, err := yaml.Dump(s.Docs[name].Root, yaml.WithIndent(2), yaml.WithLineWidth(200))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, txtar.File{Name: "want/" + name, Data: text})
	}
	if len(faults) > 0 {
		var b strings.Builder
		for _, f := range faults {
			fmt.Fprintf(&b, "%s: %s; %s\n", place(f.Doc, f.Node), f.What, f.Mend)
		}
		out = append(out, txtar.File{Name: "faults", Data: []byte(b.String())})
	}
	return out
}

// sign adds a comment with the origin behind every node from another document.
func sign(s *Stack, n *yaml.Node) {
	for _, c := range n.Content {
		if d, ok := s.from[c]; ok {
			c.LineComment = "# " + place(d, c)
		}
		sign(s, c)
	}
}
