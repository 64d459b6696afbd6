package output

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff is the unified diff from a changed file to the wanted one, cut after some lines.
func (p *Plan) Diff(d Difference, lines int) string {
	name := filepath.Join(p.Dir, filepath.FromSlash(d.Path))
	text := string(diff.Diff(name, plain(d.Old), name+" (wanted)", plain(d.New)))
	_, text, _ = strings.Cut(text, "\n") // the first line, "diff a b", repeats the names
	all := strings.SplitAfter(text, "\n")
	if all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	if more := len(all) - lines; more > 1 { // one more line takes no more room than its count
		return strings.Join(all[:lines], "") + fmt.Sprintf("… %d more lines\n", more)
	}
	return strings.Join(all, "")
}
