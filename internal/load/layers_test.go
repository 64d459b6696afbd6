package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"
)

// Each archive holds layers, "1/…" below "2/…" and so on, and under "want" the model or the faults that they make together. A
// layer of one overlay is an overlay that is named; others are folders.
func TestLayers(t *testing.T) {
	archives, err := filepath.Glob("testdata/layers/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			if archive.Files[last].Name != "want" {
				t.Fatal("the last file must be called want")
			}
			base, opts := layersOf(archive.Files[:last])
			got := ""
			if api, err := Dir(base, opts); err != nil {
				got = err.Error() + "\n"
			} else {
				got = dump(api)
			}
			if *update {
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != string(archive.Files[last].Data) {
				t.Errorf("got:\n%s", got)
			}
		})
	}
}

func layersOf(files []txtar.File) (base fstest.MapFS, opts Options) {
	folders := map[string]fstest.MapFS{"1": {}, "2": {}, "3": {}}
	for _, f := range files {
		number, name, _ := strings.Cut(f.Name, "/")
		folders[number][name] = &fstest.MapFile{Data: f.Data}
	}
	opts.Name = "1/"
	for _, number := range []string{"2", "3"} {
		l := Layer{Files: folders[number], Name: number + "/"}
		for name := range folders[number] {
			if len(folders[number]) == 1 && strings.HasSuffix(name, ".overlay.yaml") {
				l.File = name
			}
		}
		opts.Layers = append(opts.Layers, l)
	}
	return folders["1"], opts
}
