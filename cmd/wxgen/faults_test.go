package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// Lint prints the first fifty faults and the number of the others. Its JSON has all faults.
func TestManyFaults(t *testing.T) {
	for _, c := range []struct{ faults, lines int }{{50, 50}, {51, 51}, {52, 51}, {2000, 51}} {
		dir := t.TempDir()
		var spec strings.Builder
		spec.WriteString("openapi: 3.1.0\ninfo: {title: x, version: \"3\"}\npaths:\n")
		for i := range c.faults {
			fmt.Fprintf(&spec, "  /v2/%d: {}\n", i)
		}
		write(t, filepath.Join(dir, "v3", "coin.yaml"), spec.String())
		err := execute("generate", "--spec", dir, "--module", "example.com/x", "--out",
			filepath.Join(dir, "generated"))
		var out, json bytes.Buffer
		if code := report(&out, err); code != 1 {
			t.Errorf("exit code %d: %s", code, out.String())
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		more := fmt.Sprintf("and %d more", c.faults-50)
		if len(lines) != c.lines+1 || (lines[len(lines)-2] == more) != (c.faults > 51) {
			t.Errorf("%d faults: %d lines, the last but one is %q", c.faults, len(lines),
				lines[len(lines)-2])
		}
		if want := fmt.Sprintf("wxgen: %d faults in 1 file of the description",
			c.faults); lines[len(lines)-1] != want {
			t.Errorf("got %q, want %q", lines[len(lines)-1], want)
		}
		root := newRoot()
		root.SetArgs([]string{"lint", "--format", "json", "--spec", dir})
		root.SetOut(&json)
		root.SetErr(&out)
		root.Execute()
		if got := strings.Count(json.String(), `"level": "error"`); got != c.faults {
			t.Errorf("JSON has %d of %d", got, c.faults)
		}
	}
}
