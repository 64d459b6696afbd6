package budget

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/synth"
)

// generateMiB is the memory that a run of the generator may take.
const generateMiB = 400

// BenchmarkRun runs wxgen as its users do, beside a program that loads the same description with
// kin-openapi and does nothing else. On an idle machine, x-kin-openapi should be at most 1.5 for
// wechat-pay, and x-100 at most 12. Some file systems take longer to create 600 files than all the
// rest takes: set TMPDIR to a folder in memory.
func BenchmarkRun(b *testing.B) {
	floor, wxgen := compile(b, "./testdata/floor"), compile(b, "../../cmd/wxgen")
	var of100 time.Duration
	for _, d := range []struct{ name, spec string }{
		{"wechat-pay", "../../spec"}, {"synthetic-100", description(b, 100)},
		{"synthetic-1000", description(b, 1000)},
	} {
		b.Run(d.name, func(b *testing.B) {
			out := filepath.Join(b.TempDir(), "generated")
			command := func(verb string) *exec.Cmd {
				return exec.Command(wxgen, verb, "--spec", d.spec, "--out", out, "--module",
					"example.com/x")
			}
			var base cost
			b.Run("kin-openapi", func(b *testing.B) {
				base = best(b, func() cost { return run(b, exec.Command(floor, d.spec)) })
			})
			b.Run("generate", func(b *testing.B) {
				c := best(b, func() cost { return anew(b, out, command("generate")) })
				reportTimes(b, c.wall, base.wall, "x-kin-openapi")
				atMost(b, "MiB", c.peak, generateMiB)
				switch d.name {
				case "synthetic-100":
					of100 = c.wall
				case "synthetic-1000":
					reportTimes(b, c.wall, of100, "x-100")
				}
			})
			b.Run("check", func(b *testing.B) {
				// the previous benchmark may have been filtered out
				anew(b, out, command("generate"))
				c := best(b, func() cost { return run(b, command("check")) })
				reportTimes(b, c.wall, base.wall, "x-kin-openapi")
				atMost(b, "MiB", c.peak, generateMiB)
			})
		})
	}
}

// anew runs a generator into an empty folder.
func anew(b *testing.B, out string, cmd *exec.Cmd) cost {
	b.Helper()
	if err := os.RemoveAll(out); err != nil {
		b.Fatal(err)
	}
	return run(b, cmd)
}

// description writes made-up operations into a folder.
func description(b *testing.B, operations int) (dir string) {
	b.Helper()
	dir = b.TempDir()
	for name, content := range synth.Files(operations) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(file, content, 0o600); err != nil {
			b.Fatal(fmt.Errorf("%s: %w", name, err))
		}
	}
	return dir
}
