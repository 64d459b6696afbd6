package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The steps in README work, word for word: the test adds the endpoint to the description in a copy
// of this repository, and runs both commands of README there. It takes as long as all tests
// together, so .ci/run has a step for it.
func TestReadmeEndpoint(t *testing.T) {
	if os.Getenv("WXGEN_README") != "1" {
		t.Skip("it runs all tests in a copy; .ci/run readme does that")
	}
	dir := copyOfRepository(t)
	text := read(t, filepath.Join(dir, "README.md"))
	run := commands(t, text)
	if other := commands(t, read(t, filepath.Join(dir, "README.zh-CN.md"))); !slices.Equal(run,
		other) {
		t.Errorf("the READMEs begin with different commands: %q, %q", run, other)
	}
	file := filepath.Join(dir, "spec", "v3", "payroll-card.yaml")
	before, after, ok := strings.Cut(read(t, file), "\npaths:\n")
	if !ok {
		t.Fatal("no paths in " + file)
	}
	write(t, file, before+"\npaths:\n"+block(t, text, "yaml")+after)
	write(t, filepath.Join(dir, "generated", "promise_test.go"), `package generated

import (
	"context"

	"github.com/wxgen/wxgen/generated/v3/payrollcard"
	"github.com/wxgen/wxgen/generated/wechatpay"
	"github.com/wxgen/wxgen/wxpay"
)

func promise(ctx context.Context, client *wechatpay.Client, openID string) error {
`+block(t, text, "go")+`	return err
}

var _ = promise
`)
	for _, command := range run {
		c := exec.Command("sh", "-c", command)
		c.Dir, c.Env = dir, append(os.Environ(), "WXGEN_README=")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
}

// commands are the first commands of a README, without their comments.
func commands(t *testing.T, text string) (all []string) {
	for line := range strings.Lines(block(t, text, "sh")) {
		command, _, _ := strings.Cut(line, "#")
		all = append(all, strings.TrimSpace(command))
	}
	return all
}

// copyOfRepository is a copy of the repository without its history.
func copyOfRepository(t *testing.T) string {
	t.Helper()
	dir, root := t.TempDir(), filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case d.Name() == ".git" && d.IsDir():
			return fs.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(dir, name), 0o777)
		case d.Name() == ".git" || !d.Type().IsRegular():
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, name), content, info.Mode().Perm())
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
