package emit

import (
	"bytes"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/synth"
)

var testConfig = Config{Import: "example.com/gen"}

func synthetic(tb testing.TB, n int) *model.API {
	tb.Helper()
	fsys := fstest.MapFS{}
	for name, data := range synth.Files(n) {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	api, err := load.Dir(fsys, load.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return api
}

// BenchmarkFiles renders synthetic operations, and reports lines a second and lines an operation.
func BenchmarkFiles(b *testing.B) {
	for _, n := range []int{100, 1000} {
		api := synthetic(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			lines := 0
			for b.Loop() {
				files, err := Files(api, testConfig)
				if err != nil {
					b.Fatal(err)
				}
				lines = 0
				for _, content := range files {
					lines += bytes.Count(content, []byte("\n"))
				}
			}
			b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
			b.ReportMetric(float64(lines)/float64(n), "lines/op.")
		})
	}
}
