package house

import (
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// listing is a package that the go command knows.
type listing struct {
	path    string // of its import
	name    string // its folder below the root; "" if it is not ours
	export  string // the file of it as compiled
	imports []string
}

// listed are all packages of the house, and those that they need.
func listed(t *testing.T) []listing {
	t.Helper()
	list, err := listOnce()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

var listOnce = sync.OnceValues(func() (all []listing, err error) {
	list := exec.Command("go", "list", "-export", "-deps", "-f",
		`{{.ImportPath}} {{.Export}} {{join .Imports " "}}`, "./cmd/...", "./internal/...",
		"./spec/...", "./templates/...", "./wxpay/...")
	list.Dir = top
	out, err := list.Output()
	for line := range strings.Lines(string(out)) {
		words := strings.Split(strings.TrimSuffix(line, "\n"), " ")
		p := listing{path: words[0], export: words[1], imports: words[2:]}
		p.name, _ = strings.CutPrefix(p.path, ours)
		if p.name == p.path {
			p.name = ""
		}
		all = append(all, p)
	}
	return all, err
})

// rooms are the packages of the house that people write.
func rooms(t *testing.T) (rooms []listing) {
	t.Helper()
	for _, p := range listed(t) {
		if p.name != "" && !strings.HasPrefix(p.name, "generated/") {
			rooms = append(rooms, p)
		}
	}
	return rooms
}
