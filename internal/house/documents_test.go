package house

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/width"
)

// Lines of documents stay short, but for addresses, rows of tables and excerpts of generated code.
func TestLinesOfDocumentsAreShort(t *testing.T) {
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch name := d.Name(); {
		case d.IsDir() && (name == "generated" || name == "node_modules" || name == "testdata" ||
			strings.HasPrefix(name, ".") && name != ".." && name != ".github"):
			return fs.SkipDir
		case strings.HasSuffix(name, ".md"):
			checkDocument(t, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkDocument(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	excerpt := false
	for i, line := range strings.Split(string(content), "\n") {
		if block, ok := strings.CutPrefix(line, "```"); ok {
			excerpt = strings.HasSuffix(block, " excerpt")
		}
		columns := width.Of(strings.ReplaceAll(line, "\t", "    "))
		if columns > maxLine && !excerpt && !strings.HasPrefix(line, "|") &&
			!strings.Contains(line, "://") {
			t.Errorf("%s:%d has %d columns; wrap it", path, i+1, columns)
		}
	}
}
