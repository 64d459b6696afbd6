//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/brief"
)

// readers are the verbs that read a description, or pages.
var readers = [][]string{
	{"generate", "--spec", "spec"}, {"check", "--spec", "spec"}, {"lint", "--spec", "spec"},
	{"list", "--spec", "spec"},
	{"fmt", "--check", "--spec", "spec"}, {"import", "--spec", "spec", "page.md"},
}

// Verbs refuse special files and files outside the folder: no verb waits for ever, fills the memory
// or reads elsewhere.
func TestHostileFiles(t *testing.T) {
	if brief.Run() {
		t.Skip("it starts wxgen dozens of times")
	}
	t.Parallel()
	for name, c := range map[string]struct {
		make func(dir string) error // in spec
		want string
	}{
		"pipe": {func(dir string) error {
			return syscall.Mkfifo(filepath.Join(dir, "x.yaml"), 0o666)
		}, "not a regular file"},
		"device": {func(dir string) error {
			return os.Symlink("/dev/zero", filepath.Join(dir, "x.yaml"))
		}, "path escapes from parent"},
		"link outside": {func(dir string) error {
			return os.Symlink("../outside.yaml", filepath.Join(dir, "x.yaml"))
		}, "path escapes from parent"},
		"links outside": {func(dir string) error {
			return os.Symlink("../outside", filepath.Join(dir, "x"))
		}, "path escapes from parent"},
		"folder inside": {func(dir string) error {
			return os.Symlink("v3", filepath.Join(dir, "x"))
		}, "a folder, or a link to one, which wxgen does not follow"},
		"loop": {func(dir string) error {
			return os.Symlink("x.yaml", filepath.Join(dir, "x.yaml"))
		}, "too many levels of symbolic links"},
		"nothing": {func(dir string) error {
			return os.Symlink("gone.yaml", filepath.Join(dir, "x.yaml"))
		}, "no such file or directory"},
		"huge": {func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "x.yaml"), bytes.Repeat([]byte("# x\n"), 5<<20),
				0o666)
		}, "larger than 16 MiB; split it"},
	} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "go.mod"), "module example.com/x\n")
		write(t, filepath.Join(dir, "outside.yaml"), "openapi: 3.1.0\n")
		write(t, filepath.Join(dir, "outside", "x.yaml"), "openapi: 3.1.0\n")
		write(t, filepath.Join(dir, "page.md"), "# A page\n")
		write(t, filepath.Join(dir, "spec", "v3", "coin.yaml"),
			"openapi: 3.1.0\ninfo: {title: x, version: \"3\"}\n")
		if err := c.make(filepath.Join(dir, "spec")); err != nil {
			t.Fatal(err)
		}
		for _, args := range readers {
			if got := endsIn(t, 30*time.Second, dir, args...); !strings.Contains(got, c.want) ||
				!strings.Contains(got, "spec/x") {
				t.Errorf("%s, wxgen %s: %s", name, strings.Join(args, " "), got)
			}
		}
	}
}

// The same holds for pages and corrections, and for files that are named one by one.
func TestHostilePages(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "pages"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"page.md", "corrections.tsv", "go.mod", "x.yaml"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("../page.md", filepath.Join(dir, "pages", "page.md")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, want string }{
		{"import --spec spec page.md", "page.md: cannot be read: not a regular file"},
		{"import --spec spec pages", "pages/page.md: cannot be read: path escapes from parent"},
		{"import --spec spec --corrections corrections.tsv page.md",
			"cannot read the corrections corrections.tsv: not a regular file"},
		{"import --spec spec /dev/zero", "/dev/zero: cannot be read: not a regular file"},
		{"fmt x.yaml", "cannot read x.yaml: not a regular file"},
		{"fmt /dev/zero", "cannot read /dev/zero: not a regular file"},
		{"generate", "cannot read go.mod: not a regular file"},
	} {
		if got := endsIn(t, 30*time.Second, dir, strings.Fields(c.args)...); !strings.Contains(got,
			c.want) {
			t.Errorf("wxgen %s: %s", c.args, got)
		}
	}
}

// endsIn runs wxgen, which must end by itself, and returns its output.
func endsIn(t *testing.T, limit time.Duration, dir string, args ...string) string {
	t.Helper()
	c := start(t, dir, args...)
	timer := time.AfterFunc(limit, func() { c.Process.Kill() })
	defer timer.Stop()
	c.Wait()
	if c.ProcessState.ExitCode() < 0 {
		t.Errorf("wxgen %s did not end", strings.Join(args, " "))
	}
	return fmt.Sprint(c.Stdout, c.Stderr)
}

// A reading verb ends at once on SIGTERM.
func TestSIGTERM(t *testing.T) {
	if brief.Run() {
		t.Skip("it reads a large file")
	}
	t.Parallel()
	dir := t.TempDir()
	var b bytes.Buffer
	b.WriteString("openapi: 3.1.0\ninfo: {title: x, version: \"3\"}\n")
	for i := 0; b.Len() < 15<<20; i++ {
		fmt.Fprintf(&b, "x-key-%d: [some, values] # and a comment\n", i)
	}
	write(t, filepath.Join(dir, "go.mod"), "module example.com/x\n")
	write(t, filepath.Join(dir, "page.md"), "# A page\n")
	write(t, filepath.Join(dir, "spec", "v3", "coin.yaml"), b.String())
	for _, args := range readers {
		c := start(t, dir, args...)
		time.Sleep(200 * time.Millisecond)
		c.Process.Signal(syscall.SIGTERM)
		told := time.Now()
		c.Wait()
		if took := time.Since(told); took > 2*time.Second {
			t.Errorf("wxgen %s took %v to end", strings.Join(args, " "), took)
		}
	}
}
