package house

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// top is the root of the repository.
var top = filepath.Join("..", "..")

// ours is the prefix of this module's import paths.
const ours = "github.com/wxgen/wxgen/"

// CONTRIBUTING.md lists every package, and each package imports only packages before it.
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
	known := map[string]bool{}
	for _, room := range rooms(t) {
		known[room.name] = true
		at, ok := order[room.name]
		if !ok {
			t.Errorf("%s is not in the map", room.name)
		}
		for _, imported := range room.imports {
			other, own := strings.CutPrefix(imported, ours)
			if to, mapped := order[other]; own && mapped && to >= at {
				t.Errorf("%s imports %s, which stands after it in the map", room.name, other)
			}
		}
	}
	for name := range order {
		if !known[name] {
			t.Errorf("%s is in the map, and is no package", name)
		}
	}
}
