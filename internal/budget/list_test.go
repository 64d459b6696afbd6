package budget

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Finding an operation, and completing a word in a shell, take less than people notice: 100 ms of the processor, which other work on
// the machine does not lengthen as it does the time on the clock.
func TestListIsQuick(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "wxgen.exe")
	if out, err := exec.Command("go", "build", "-o", bin, "github.com/wxgen/wxgen/cmd/wxgen").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	elsewhere := t.TempDir()
	if err := os.WriteFile(filepath.Join(elsewhere, "go.mod"), []byte("module example.com/x\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	here, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"the description built in": elsewhere, "the description in its folder": here} {
		for _, args := range [][]string{{"list", "refund"}, {"__complete", "list", "--service", "pay"}} {
			best := time.Hour
			for range 15 {
				c := exec.Command(bin, args...)
				c.Dir = dir
				if err := c.Run(); err != nil {
					t.Fatal(err)
				}
				best = min(best, c.ProcessState.UserTime()+c.ProcessState.SystemTime())
			}
			if t.Logf("%s, %q: %v", name, args, best); best > 100*time.Millisecond {
				t.Errorf("%s, %q: %v; the budget is 100 ms", name, args, best)
			}
		}
	}
}
