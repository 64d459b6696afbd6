package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/brief"
)

// The Go beside each description in the reference is the generated code, it compiles, and the
// layers fit.
func TestDescribing(t *testing.T) {
	for _, name := range []string{"describing.md", "describing.zh-CN.md"} {
		t.Run(name, func(t *testing.T) {
			text := read(t, filepath.Join("..", "..", "docs", name))
			dir := t.TempDir()
			newModule(t, dir)
			pairs := regexp.MustCompile("(?s)```yaml\n([^#].*?)```\n\n```go excerpt\n(.*?)```").
				FindAllStringSubmatch(text, -1)
			if len(pairs) < 14 {
				t.Fatalf("%d descriptions", len(pairs))
			}
			for i, pair := range pairs {
				shows(t, filepath.Join(dir, fmt.Sprint("d", i)), pair[1], pair[2])
			}
			layers := regexp.MustCompile("(?s)```yaml\n# ([^\n]*)\n(.*?)```").
				FindAllStringSubmatch(text, -1)
			if len(layers) != 2 {
				t.Fatalf("%d layers", len(layers))
			}
			args := []string{"generate", "--include", "payroll-card", "--out",
				filepath.Join(dir, "layered")}
			for _, l := range layers {
				write(t, filepath.Join(dir, l[1]), l[2])
				first, _, _ := strings.Cut(l[1], "/")
				args = append(args, "--layer", filepath.Join(dir, first))
			}
			if err := execute(args...); err != nil {
				t.Error(err)
			}
			if !brief.Run() && name == "describing.md" { // both have the same code
				compiles(t, dir)
			}
		})
	}
}

// newModule makes a folder a module that requires this one.
func newModule(t *testing.T, dir string) {
	t.Helper()
	here, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.mod"), "module example.com/docs\n\ngo 1.26.0\n\n"+
		"require github.com/wxgen/wxgen v0.0.0\n\n"+
		"replace github.com/wxgen/wxgen => "+strconv.Quote(here)+"\n")
}

// goCommand is a go command in such a module, without a network. It keeps the flags of the tests,
// so that both share what is compiled.
func goCommand(dir string, args ...string) *exec.Cmd {
	c := exec.Command("go", args...)
	c.Dir, c.Env = dir, append(os.Environ(), "GOPROXY=off", "GOWORK=off", "GOTOOLCHAIN=local",
		"GOFLAGS="+os.Getenv("GOFLAGS")+" -mod=mod")
	return c
}

// shows generates the code of a description, and looks for every line of want.
func shows(t *testing.T, dir, description, want string) {
	t.Helper()
	spec := filepath.Join(dir, "spec")
	write(t, filepath.Join(spec, "v3", "coffee.yaml"),
		"openapi: 3.1.0\ninfo: {title: 咖啡, version: \"3\"}\n"+description)
	if err := execute("generate", "--spec", spec, "--out", filepath.Join(dir, "gen")); err != nil {
		t.Errorf("%v, of:\n%s", err, description)
		return
	}
	lines := map[string]bool{}
	err := filepath.WalkDir(filepath.Join(dir, "gen"),
		func(file string, d fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(file, ".go") {
				for line := range strings.Lines(read(t, file)) {
					lines[blanks(line)] = true
				}
			}
			return err
		})
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(want) {
		if !lines[blanks(line)] {
			t.Errorf("no line %q, of:\n%s", strings.TrimSpace(line), description)
		}
	}
}

// blanks replaces runs of blanks by one: gofmt aligns columns differently in an excerpt.
func blanks(line string) string { return strings.Join(strings.Fields(line), " ") }

// compiles builds all generated code below a folder.
func compiles(t *testing.T, dir string) {
	t.Helper()
	if out, err := goCommand(dir, "vet", "./...").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
