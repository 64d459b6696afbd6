package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The script readme_page.txtar types exactly the four commands of README.
func TestReadmePage(t *testing.T) {
	script := read(t, filepath.Join("testdata", "readme_page.txtar"))
	_, script, _ = strings.Cut(script, "# README begins here.\n")
	script, _, _ = strings.Cut(script, "# README ends here.\n")
	typed := strings.Split(strings.TrimSpace(strings.ReplaceAll(script, "exec ", "")), "\n")
	if len(typed) != 4 {
		t.Errorf("%q", typed)
	}
	for _, name := range readmes {
		_, text, _ := strings.Cut(read(t, filepath.Join("..", "..", name)), "`page.txt`")
		var told []string
		for line := range strings.Lines(block(t, text, "console")) {
			command, _, _ := strings.Cut(strings.TrimPrefix(line, "$ "), "#")
			told = append(told, strings.TrimSpace(command))
		}
		if !slices.Equal(told, typed) {
			t.Errorf("%s says %q, and the script types %q", name, told, typed)
		}
	}
}
