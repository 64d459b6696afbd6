package naming

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/golden"
)

// TestOperations names the operations of each case together. Known operations have their names
// already.
func TestOperations(t *testing.T) {
	golden.Run(t, "testdata/operations/*.txtar",
		func(t *testing.T, c *golden.Case) map[string][]byte {
			known := map[string]Operation{}
			for line := range strings.Lines(string(c.In["known"])) {
				f := strings.Fields(line)
				known[f[0]] = Propose(f[1], f[2], false, false)
			}
			var calls []string
			var wishes []Operation
			width := 0
			for line := range strings.Lines(string(c.In["calls"])) {
				f := append(strings.Fields(line), "")
				wishes = append(wishes, Propose(f[0], f[1], f[2] == "file", f[2] == "upload"))
				calls = append(calls, f[0]+" "+f[1])
				width = max(width, len(f[0]+" "+f[1]))
			}
			var b strings.Builder
			for i, name := range Operations(known, wishes) {
				fmt.Fprintf(&b, "%-*s  %s\n", width, calls[i], name)
			}
			return golden.Text(b.String())
		})
}

func TestSingular(t *testing.T) {
	for many, one := range map[string]string{
		"batches": "batch", "activities": "activity", "taxies": "taxi",
		"negotiation-historys": "negotiation-history", "goods": "goods",
		"status": "status", "transfer_detail_list": "transfer_detail_list",
		"user-titles": "user-title", "customs": "customs", "boxes": "box",
	} {
		if got := singular(many); got != one {
			t.Errorf("singular(%q) = %q, want %q", many, got, one)
		}
	}
}
