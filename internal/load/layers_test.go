package load

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/internal/golden"
)

// Each archive holds layers, "1/…" below "2/…" and so on, and under "want" the resulting model or
// faults. A layer with one overlay alone is passed as that file; others are folders.
func TestLayers(t *testing.T) {
	golden.Run(t, "testdata/layers/*.txtar", func(t *testing.T, c *golden.Case) map[string][]byte {
		base, opts := layersOf(c.In)
		api, err := Dir(base, opts)
		if err != nil {
			return golden.Text(err.Error() + "\n")
		}
		return golden.Text(dump(api))
	})
}

func layersOf(files map[string][]byte) (base fstest.MapFS, opts Options) {
	folders := map[string]fstest.MapFS{"1": {}, "2": {}, "3": {}}
	for file, data := range files {
		number, name, _ := strings.Cut(file, "/")
		folders[number][name] = &fstest.MapFile{Data: data}
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
