package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/wxgen/wxgen/internal/synth"
)

// execute runs a command line within this process.
func execute(args ...string) error {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(io.Discard)
	return root.Execute()
}

// sizes are the numbers of operations to measure. The time per operation should not grow with them.
var sizes = []int{100, 1000}

// BenchmarkGenerate writes all files into an empty folder.
func BenchmarkGenerate(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("operations=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			spec, parent := writeSpec(b, n), b.TempDir()
			for i := 0; b.Loop(); i++ {
				out := filepath.Join(parent, fmt.Sprint(i))
				if err := execute("generate", "--spec", spec, "--out", out, "--module",
					"example.com/x"); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				os.RemoveAll(out)
				b.StartTimer()
			}
		})
	}
}

// BenchmarkCheck checks code that is current.
func BenchmarkCheck(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("operations=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			spec, out := writeSpec(b, n), b.TempDir()
			if err := execute("generate", "--spec", spec, "--out", out, "--module",
				"example.com/x"); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := execute("check", "--spec", spec, "--out", out, "--module",
					"example.com/x"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func writeSpec(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range synth.Files(n) {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), string(content))
	}
	return dir
}
