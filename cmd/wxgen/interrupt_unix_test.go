//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// An interrupt at any time leaves all of the new code or none, and no leftovers.
func TestInterrupt(t *testing.T) {
	spec := writeSpec(t, 60)
	for _, delay := range []time.Duration{5, 20, 40, 60, 80, 100, 150, 300} {
		out := filepath.Join(t.TempDir(), "generated")
		var stderr bytes.Buffer
		c := exec.Command("wxgen", "generate", "--spec", spec, "--out", out, "--module",
			"example.com/x")
		c.Stderr, c.Env = &stderr, append(os.Environ(), noLinger)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(delay * time.Millisecond)
		c.Process.Signal(os.Interrupt) // the process may have ended already
		err := c.Wait()
		entries, _ := os.ReadDir(out)
		switch {
		case err == nil:
			if got := report(os.Stderr, execute("check", "--spec", spec, "--out", out, "--module",
				"example.com/x")); got != 0 {
				t.Errorf("after %dms: it reported success, and check says %d", delay, got)
			}
		case len(entries) > 0:
			t.Errorf("after %dms: %d entries were left behind", delay, len(entries))
		case c.ProcessState.Sys().(syscall.WaitStatus).Signaled():
			// the signal came before wxgen listened for it
		case stderr.String() != "wxgen: interrupted; nothing was changed\n":
			t.Errorf("after %dms: %s", delay, stderr.String())
		}
	}
}
