//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/brief"
)

// start starts wxgen in a folder.
func start(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.Command("wxgen", args...)
	c.Dir, c.Env = dir, append(os.Environ(), noLinger)
	c.Stdout, c.Stderr = new(bytes.Buffer), new(bytes.Buffer)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

func wxgen(t *testing.T, dir string, args ...string) {
	t.Helper()
	if c := start(t, dir, args...); c.Wait() != nil {
		t.Errorf("wxgen %s: %s", strings.Join(args, " "), c.Stderr)
	}
}

// traces lists wxgen's temporary files in a folder.
func traces(t *testing.T, dir string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.Contains(d.Name(), ".wxgen-") {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// kill kills a command some time after it begins to write to one of the folders.
func kill(c *exec.Cmd, after time.Duration, folders ...string) {
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	writes := func(dir string) bool { return exists(filepath.Join(dir, ".wxgen-stage")) }
	for !slices.ContainsFunc(folders, writes) {
		select {
		case <-ended:
			return
		case <-time.After(500 * time.Microsecond):
		}
	}
	time.Sleep(after)
	c.Process.Kill()
	<-ended
}

// If a run is killed at any time, the next run completes the work.
func TestKilledGenerate(t *testing.T) {
	if brief.Run() {
		t.Skip("it starts wxgen dozens of times")
	}
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/x\n")
	if err := os.Rename(writeSpec(t, 60), filepath.Join(dir, "spec")); err != nil {
		t.Fatal(err)
	}
	for i := range 8 {
		var part []string
		if i%2 == 0 { // so that each run has files to write, to replace and to remove
			part = []string{"--include", "service-001"}
		}
		again := append([]string{"generate", "--force"}, part...)
		c := start(t, dir, again...)
		kill(c, time.Duration(i)*3*time.Millisecond, filepath.Join(dir, "generated"))
		wxgen(t, dir, again...)
		wxgen(t, dir, append([]string{"check"}, part...)...)
		if left := traces(t, dir); len(left) > 0 {
			t.Fatalf("the %dth time: left are %q", i, left)
		}
	}
}

// A killed fmt leaves each file in its old or new form, and the next run completes the work.
func TestKilledFmt(t *testing.T) {
	if brief.Run() {
		t.Skip("it starts wxgen dozens of times")
	}
	t.Parallel()
	for i := range 8 {
		dir := t.TempDir()
		was := os.DirFS(writeSpec(t, 60))
		files := map[string]string{}
		err := fs.WalkDir(was, ".", func(path string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				text, _ := fs.ReadFile(was, path)
				files[path] = strings.Replace(string(text), "openapi: ", "openapi:   ", 1)
				write(t, filepath.Join(dir, path), files[path])
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		c := start(t, dir, "fmt", "--spec", ".")
		kill(c, time.Duration(i)*3*time.Millisecond, dir, filepath.Join(dir, "v3"))
		for path, text := range files {
			if now, err := os.ReadFile(filepath.Join(dir, path)); err != nil ||
				len(now) < len(text)/2 {
				t.Fatalf("the %dth time: %s has %d bytes (%v)", i, path, len(now), err)
			}
		}
		wxgen(t, dir, "fmt", "--spec", ".")
		wxgen(t, dir, "fmt", "--check", "--spec", ".")
		if left := traces(t, dir); len(left) > 0 {
			t.Fatalf("the %dth time: left are %q", i, left)
		}
	}
}

// Simultaneous runs wait for their turns, and the last one wins.
func TestGenerateAtOnce(t *testing.T) {
	if brief.Run() {
		t.Skip("it starts wxgen dozens of times")
	}
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/x\n")
	spec := writeSpec(t, 60)
	for range 2 {
		var wg sync.WaitGroup
		for i := range 6 {
			c := start(t, dir, "generate", "--spec", spec, "--force", "--include",
				fmt.Sprintf("service-%03d", i%3))
			wg.Go(func() {
				if c.Wait() != nil {
					t.Errorf("%s", c.Stderr)
				}
			})
		}
		wg.Wait()
		current := 0
		for i := range 3 {
			if c := start(t, dir, "check", "--spec", spec, "--include",
				fmt.Sprintf("service-%03d", i)); c.Wait() == nil {
				current++
			}
		}
		if left := traces(t, dir); current != 1 || len(left) > 0 {
			t.Fatalf("%d of the subsets are current, left are %q", current, left)
		}
	}
}
