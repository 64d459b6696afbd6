package load

import (
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/golden"
)

// TestModel reads each archive's files as a description, and compares the model. A line "include: a
// b" in the comment asks for a part of it.
func TestModel(t *testing.T) {
	golden.Run(t, "testdata/model/*.txtar", func(t *testing.T, c *golden.Case) map[string][]byte {
		var opts Options
		for line := range strings.Lines(c.Comment) {
			if list, ok := strings.CutPrefix(line, "include: "); ok {
				opts.Include = strings.Fields(list)
			}
		}
		api, err := Dir(c.FS(), opts)
		if err != nil {
			t.Fatal(err)
		}
		checkAgreeable(t, c.FS())
		return golden.Text(dump(api))
	})
}
