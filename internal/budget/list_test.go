package budget

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkList finds an operation and completes a word in a shell, each as a whole process. On an
// idle machine each takes less than 100 ms, which people do not notice.
func BenchmarkList(b *testing.B) {
	bin := filepath.Join(b.TempDir(), "wxgen.exe")
	run(b, exec.Command("go", "build", "-o", bin, "github.com/wxgen/wxgen/cmd/wxgen"))
	elsewhere := b.TempDir()
	if err := os.WriteFile(filepath.Join(elsewhere, "go.mod"), []byte("module example.com/x\n"),
		0o666); err != nil {
		b.Fatal(err)
	}
	here, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		b.Fatal(err)
	}
	for name, dir := range map[string]string{"built-in": elsewhere, "in-a-folder": here} {
		for verb, args := range map[string][]string{"list": {"list", "refund"},
			"complete": {"__complete", "list", "--service", "pay"}} {
			b.Run(name+"/"+verb, func(b *testing.B) {
				c := best(b, func() cost {
					c := exec.Command(bin, args...)
					c.Dir = dir
					return run(b, c)
				})
				b.ReportMetric(float64(c.wall.Microseconds())/1000, "ms-best")
			})
		}
	}
}
