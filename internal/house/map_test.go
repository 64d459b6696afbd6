package house

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// top is the root of the repository.
var top = filepath.Join("..", "..")

// ours begins the import paths of this module.
const ours = "github.com/wxgen/wxgen/"

// The map of the house in CONTRIBUTING.md is true: every package stands in it, and imports only
// what stands before it.
func TestHouse(t *testing.T) {

	content, err := os.ReadFile(filepath.Join(top, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(content)
	_, table, _ := strings.Cut(text, "| room | packages |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	order := map[string]int{}
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(table, -1) {
		if _, twice := order[m[1]]; twice {
			t.Errorf("%s stands twice in the map", m[1])
		}
		order[m[1]] = len(order)
	}
	list := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`,
		"./cmd/...", "./internal/...", "./spec/...", "./templates/...", "./wxpay/...")
	list.Dir = top
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		name := strings.TrimPrefix(words[0], ours)
		known[name] = true
		at, ok := order[name]
		if !ok {
			t.Errorf("%s is not in the map", name)
		}
		for _, imported := range words[1:] {
			other, own := strings.CutPrefix(imported, ours)
			if to, mapped := order[other]; own && mapped && to >= at {
				t.Errorf("%s imports %s, which stands after it in the map", name, other)
			}
		}
	}
	for name := range order {
		if !known[name] {
			t.Errorf("%s is in the map, and is no package", name)
		}
	}
}
