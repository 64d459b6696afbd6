package house

import (
	"os"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/width"
)

// Lines of documents stay short, but for addresses, rows of tables and excerpts of generated code.
func TestLinesOfDocumentsAreShort(t *testing.T) {
	eachFile(t, ".md", func(path string) { checkDocument(t, path) }, "generated", "testdata")
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
