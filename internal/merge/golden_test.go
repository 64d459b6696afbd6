package merge_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/golden"
	"github.com/wxgen/wxgen/internal/merge"
	"github.com/wxgen/wxgen/internal/page"
)

// TestGolden merges the pages of each case, *.md and *.txt, into its description, and compares the
// changed files and the report.
func TestGolden(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, c *golden.Case) map[string][]byte {
		files, pages := map[string][]byte{}, []*page.Page{}
		for name, text := range c.In {
			if !strings.HasSuffix(name, ".md") && !strings.HasSuffix(name, ".txt") {
				files[name] = text
				continue
			}
			parsed, faults := page.Parse(name, text, nil)
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			pages = append(pages, parsed...)
		}
		changed, report := merge.Merge(files, pages)
		out := golden.Text(fmt.Sprintf("%d operations, %d fields, %d values\n", report.Operations,
			report.Fields, report.Values))
		if len(report.Faults) > 0 {
			out["want/faults"] = []byte(report.Faults.Error() + "\n")
		}
		if len(report.Contradictions) > 0 {
			text := ""
			for _, c := range report.Contradictions {
				text += c.Fault.Error() + "\n"
			}
			out["want/contradictions"] = []byte(text)
		}
		for name, text := range changed {
			out["want/"+name] = text
		}
		return out
	})
}
