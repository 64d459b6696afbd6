package emit

import (
	"bytes"
	"flag"
	"go/format"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/mod/module"
	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/model"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata")

// A goldenCase is a file of testdata: a description, and below want/ what becomes of it.
type goldenCase struct {
	file, name string
	archive    *txtar.Archive
	spec, want map[string][]byte
	everything bool // compare the root and the index, too
}

func goldenCases(t *testing.T) []*goldenCase {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var cases []*goldenCase
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		c := &goldenCase{file: name, name: strings.TrimSuffix(filepath.Base(name), ".txtar"), archive: a,
			spec: map[string][]byte{}, want: map[string][]byte{}, everything: bytes.Contains(a.Comment, []byte("show everything"))}
		for _, f := range a.Files {
			if wanted, ok := strings.CutPrefix(f.Name, "want/"); ok {
				c.want[wanted] = f.Data
			} else {
				c.spec[f.Name] = f.Data
			}
		}
		cases = append(cases, c)
	}
	return cases
}

func (c *goldenCase) load(t *testing.T) *model.API {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range c.spec {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	api, err := load.Dir(fsys, load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// shown are the files that a case compares.
func (c *goldenCase) shown(files map[string][]byte) map[string][]byte {
	shown := maps.Clone(files)
	maps.DeleteFunc(shown, func(name string, _ []byte) bool {
		return !c.everything && (name == "README.md" || path.Dir(name) == "wechatpay")
	})
	return shown
}

func (c *goldenCase) rewrite(t *testing.T, got map[string][]byte) {
	t.Helper()
	c.archive.Files = slices.DeleteFunc(c.archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "want/") })
	for _, name := range slices.Sorted(maps.Keys(got)) {
		c.archive.Files = append(c.archive.Files, txtar.File{Name: "want/" + name, Data: got[name]})
	}
	if err := os.WriteFile(c.file, txtar.Format(c.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestGolden compares what becomes of each description with what is wanted, and has the go command vet all of it, examples
// included, against the runtime.
func TestGolden(t *testing.T) {
	dir := t.TempDir()
	for _, c := range goldenCases(t) {
		t.Run(c.name, func(t *testing.T) {
			files, err := Files(c.load(t), Config{Import: "example.com/gen/" + c.name})
			if err != nil {
				t.Fatal(err)
			}
			writeAll(t, filepath.Join(dir, c.name), files)
			checkFormat(t, files)
			checkNames(t, files)
			checkSecrets(t, files)
			got := c.shown(files)
			if *update {
				c.rewrite(t, got)
				return
			}
			compare(t, c.want, got)
		})
	}
	vet(t, dir)
}

// checkNames holds that the go command accepts the files in a module, whatever the system.
func checkNames(t *testing.T, files map[string][]byte) {
	for name := range files {
		if err := module.CheckFilePath(name); err != nil {
			t.Error(err)
		}
	}
}

func compare(t *testing.T, want, got map[string][]byte) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if w, ok := want[name]; !ok {
			t.Errorf("%s: not wanted; run go test -update if it should be", name)
		} else if !bytes.Equal(got[name], w) {
			t.Errorf("%s: line %d differs; run go test -update and look at the difference", name, firstDifference(got[name], w))
		}
	}
	for name := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("%s: wanted, but not there", name)
		}
	}
}

func firstDifference(got, want []byte) int {
	g, w := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range min(len(g), len(w)) {
		if !bytes.Equal(g[i], w[i]) {
			return i + 1
		}
	}
	return min(len(g), len(w)) + 1
}

// checkFormat makes sure that formatting once was enough.
func checkFormat(t *testing.T, files map[string][]byte) {
	t.Helper()
	for name, content := range files {
		if path.Ext(name) != ".go" {
			continue
		}
		again, err := format.Source(content)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !bytes.Equal(again, content) {
			t.Errorf("%s: line %d: gofmt would change it", name, firstDifference(content, again))
		}
		if !generatedHeader(content) {
			t.Errorf("%s: no header by which linters know generated code", name)
		}
	}
}

// ciphertexts stand for sensitive fields in the examples of the descriptions.
var ciphertexts = []string{"LP7bT4hQXUsOZCEvK2YrSiqFsnP0oRMfeoLN0vBg", "7FzH5XksJG3a8HLLsaaUV6K54y1OnPMY5"}

// checkSecrets makes sure that no example shows what stands for a sensitive field in the description.
func checkSecrets(t *testing.T, files map[string][]byte) {
	t.Helper()
	for name, content := range files {
		for _, secret := range ciphertexts {
			if bytes.Contains(content, []byte(secret)) {
				t.Errorf("%s: shows the description's example of a sensitive field", name)
			}
		}
	}
}

func generatedHeader(content []byte) bool {
	first, _, _ := bytes.Cut(content, []byte("\n"))
	return bytes.HasPrefix(first, []byte("// Code generated by wxgen from ")) && bytes.HasSuffix(first, []byte(" DO NOT EDIT."))
}

func writeAll(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// vet has the go command compile and check everything in dir as a module that needs nothing but this one.
func vet(t *testing.T, dir string) {
	t.Helper()
	if testing.Short() {
		return // no race detector watches another process
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	writeAll(t, dir, map[string][]byte{"go.mod": []byte("module example.com/gen\n\ngo 1.26\n\n" +
		"require github.com/wxgen/wxgen v0.0.0\n\nreplace github.com/wxgen/wxgen => " + root + "\n")})
	cmd := exec.Command("go", "vet", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go vet: %v\n%s", err, out)
	}
}
