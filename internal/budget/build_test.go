package budget

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// buildMiB is the memory that one process of a build may take.
const buildMiB = 500

// BenchmarkColdBuild builds and links the programs, with the standard library alone in the cache.
// On an idle machine all services should take at most 15 s, and x-bare, the time relative to
// net/http alone, should be near 2 for one service; the official SDK takes 2.3.
func BenchmarkColdBuild(b *testing.B) {
	patterns := map[string]string{
		"net-http-alone": "./testdata/bare", "one-service": "./testdata/service",
		"root": "./testdata/root", "all-services": generated + "/...",
	}
	std := standardLibrary(b, patterns)
	var bare time.Duration
	for _, name := range []string{"net-http-alone", "one-service", "root", "all-services"} {
		b.Run(name, func(b *testing.B) {
			c := best(b, func() cost { return build(b, std, patterns[name]) })
			if bare == 0 && name == "net-http-alone" {
				bare = c.wall
			}
			reportTimes(b, c.wall, bare, "x-bare")
			atMost(b, "MiB", c.peak, buildMiB)
		})
	}
}

// standardLibrary returns a build cache with the parts of the standard library that the packages
// need.
func standardLibrary(b *testing.B, patterns map[string]string, flags ...string) (cache string) {
	b.Helper()
	list := append([]string{"list"}, flags...)
	list = append(list, "-deps", "-f", "{{if .Standard}}{{.ImportPath}}{{end}}")
	for _, p := range patterns {
		list = append(list, p)
	}
	out, err := exec.Command("go", list...).Output()
	if err != nil {
		b.Fatal(err)
	}
	cache = b.TempDir()
	run(b, goCommand(cache, append([]string{"build"}, strings.Fields(string(out))...)...))
	return cache
}

// build builds with a fresh copy of a cache.
func build(b *testing.B, std, pattern string) cost {
	b.Helper()
	if strings.HasSuffix(pattern, "...") {
		return freshly(b, std, "build", pattern)
	}
	return freshly(b, std, "build", "-o", filepath.Join(b.TempDir(), "program.exe"), pattern)
}

// freshly runs the Go tool with a fresh copy of a cache.
func freshly(b *testing.B, std string, args ...string) cost {
	b.Helper()
	dir := b.TempDir()
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, os.DirFS(std)); err != nil {
		b.Fatal(err)
	}
	return run(b, goCommand(dir, args...))
}

func goCommand(cache string, args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOCACHE="+cache, "GOCACHEPROG=")
	return cmd
}
