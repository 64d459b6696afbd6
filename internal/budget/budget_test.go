package budget

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	// the import keeps go test from using sizes cached before a change
	_ "github.com/wxgen/wxgen/generated/v3/payrollcard"
	"github.com/wxgen/wxgen/internal/brief"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/spec/compiled"
)

const generated = "../../generated"

// The bytes that one call may add to a stripped program with net/http alone, for the Go version in
// go.mod. Other versions have other standard libraries: 1.27 brings a larger encoding/json.
const (
	serviceAdds = 600_000
	rootAdds    = 1_500_000
	judgedBy    = "go1.26"
)

func TestLinkedSize(t *testing.T) {
	if brief.Run() {
		t.Skip("it builds programs")
	}
	judged := strings.HasPrefix(runtime.Version(), judgedBy)
	sizes := built(t, []string{"build", "-ldflags=-s -w"}, "./testdata/bare", "./testdata/service",
		"./testdata/root")
	bare := sizes["bare"]
	for _, c := range []struct {
		program string
		adds    int64
	}{{"service", serviceAdds}, {"root", rootAdds}} {
		size := sizes[c.program]
		t.Logf("%s: %d bytes, %d more than net/http alone (%d)", c.program, size, size-bare, bare)
		if judged && size-bare > c.adds {
			t.Errorf("a program that uses the %s is %d bytes larger than one with net/http "+
				"alone; the budget is %d", c.program, size-bare, c.adds)
		}
	}
}

// built has the go command link programs, and returns the size of each by its name.
func built(t *testing.T, how []string, programs ...string) map[string]int64 {
	t.Helper()
	dir := t.TempDir()
	args := append(append(how, "-o", dir+string(filepath.Separator)), programs...)
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != len(programs) {
		t.Fatalf("%d programs of %v: %v", len(files), programs, err)
	}
	sizes := make(map[string]int64)
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(f.Name(), ".") // plain.test, and .exe on Windows
		sizes[name] = info.Size()
	}
	return sizes
}

// The largest sizes of the generated Go, in lines. Examples are tests and do not count towards the
// mean.
const (
	linesPerFile      = 5000
	linesPerOperation = 160
)

func TestLines(t *testing.T) {
	set, err := desc.Open(compiled.FS)
	if err != nil {
		t.Fatal(err)
	}
	operations, total := len(set.Entries), 0
	err = filepath.WalkDir(generated, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		src, err := os.ReadFile(path)
		n := bytes.Count(src, []byte("\n"))
		if n > linesPerFile {
			t.Errorf("%s has %d lines; the budget is %d", path, n, linesPerFile)
		}
		if !strings.HasSuffix(path, "_test.go") {
			total += n
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d lines of Go for %d operations", total, operations)
	if total > linesPerOperation*operations {
		t.Errorf("%d lines of Go for %d operations: more than %d each", total, operations,
			linesPerOperation)
	}
}
