package wxpaytest_test

import (
	"os/exec"
	"strings"
	"testing"
)

// The package imports only the standard library and packages of this module without a YAML reader
// and without the generator.
func TestIsLight(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f",
		"{{if not .Standard}}{{.ImportPath}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	const module = "github.com/wxgen/wxgen/"
	// the standard library's own
	small := map[string]bool{"spec/compiled": true, "internal/route": true}
	for path := range strings.Lines(string(out)) {
		path = strings.TrimSpace(path)
		inside, ours := strings.CutPrefix(path, module)
		if !ours || !strings.HasPrefix(inside, "wxpay") &&
			!strings.HasPrefix(inside, "internal/mock") && !small[inside] {
			t.Errorf("depends on %s", path)
		}
	}
}
