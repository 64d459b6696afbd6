package page_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/page"
)

const catalogVar = "WXGEN_CATALOG"

// catalog returns the folder of the catalogue's pages; without one there is nothing to read.
func catalog(t testing.TB) string {
	dir := os.Getenv(catalogVar)
	if dir == "" {
		t.Skip(catalogVar + " is not set: it names the folder of the catalogue whose pages " +
			"are read")
	}
	return dir
}

// sources returns the text of every page of the catalogue, by name.
func sources(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	texts, err := readSources(dir)
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func readSources(dir string) (map[string][]byte, error) {
	texts := map[string][]byte{}
	for _, sub := range []string{"openapi", "webhook"} {
		err := filepath.WalkDir(filepath.Join(dir, sub),
			func(name string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				rel, _ := filepath.Rel(dir, name)
				texts[filepath.ToSlash(rel)], err = os.ReadFile(name)
				return err
			})
		if err != nil {
			return nil, err
		}
	}
	return texts, nil
}

// parseAll reads every page of the catalogue.
func parseAll(t testing.TB, texts map[string][]byte) []*page.Page {
	t.Helper()
	var pages []*page.Page
	for name, src := range texts {
		p, faults := parse(name, src)
		for _, f := range faults {
			t.Error(f)
		}
		if p != nil {
			pages = append(pages, p)
		}
	}
	return pages
}

func TestCatalogue(t *testing.T) {
	dir := catalog(t)
	pages := parseAll(t, sources(t, dir))
	operations, notifications, services := 0, 0, map[string]bool{}
	for _, p := range pages {
		if p.Event != "" {
			notifications++
			if len(p.Operations) != 1 || len(p.Operations[0].Resource) == 0 {
				t.Errorf("%s: no decrypted resource", p.File)
			}
			continue
		}
		operations += len(p.Operations)
		services[strings.Split(p.Path, "/")[2]] = true
	}
	if operations != 1019 || notifications != 102 || len(services) != 86 {
		t.Errorf("%d operations in %d services and %d notifications, wanted 1019 in 86 and 102",
			operations, len(services), notifications)
	}
}

func TestCatalogueCorrections(t *testing.T) {
	dir := catalog(t)
	src, err := os.ReadFile(filepath.Join(dir, "corrections.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	set, faults := page.Corrections("corrections.tsv", src)
	for _, f := range faults {
		t.Error(f)
	}
	if set == nil {
		return
	}
	pages := parseAll(t, sources(t, dir))
	for range 2 { // the second time changes nothing
		for _, f := range set.Apply(pages) {
			t.Error(f)
		}
	}
}

// BenchmarkCatalogue reads all pages.
func BenchmarkCatalogue(b *testing.B) {
	texts := sources(b, catalog(b))
	for b.Loop() {
		parseAll(b, texts)
	}
}
