package load

import (
	"fmt"
	"io/fs"
	"net/url"
	"regexp"
	"testing"
	"testing/fstest"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/synth"
)

func synthetic(n int) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, data := range synth.Files(n) {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	return fsys
}

// BenchmarkDir reads synthetic operations. Beside it, an OpenAPI library reads the same files one
// by one, without positions, as a base for comparison.
func BenchmarkDir(b *testing.B) {
	for _, n := range []int{100, 1000} {
		fsys := synthetic(n)
		b.Run(fmt.Sprintf("wxgen/%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := Dir(fsys, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("kin-openapi/%d", n), func(b *testing.B) {
			for b.Loop() {
				if err := loadPlainly(fsys, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

var openapiKey = regexp.MustCompile(`(?m)^openapi:`)

// loadPlainly loads every document below fsys with kin-openapi, and calls each with the result.
func loadPlainly(fsys fs.FS, each func(name string, doc *openapi3.T) error) error {
	names, err := source.Find(fsys)
	if err != nil {
		return err
	}
	for _, name := range names {
		if text, err := fs.ReadFile(fsys, name); err != nil || !openapiKey.Match(text) {
			continue // a part of a document, which loads it by a $ref
		}
		loader := openapi3.NewLoader()
		loader.ReadFromURIFunc = func(_ *openapi3.Loader, u *url.URL) ([]byte, error) {
			return fs.ReadFile(fsys, u.Path)
		}
		doc, err := loader.LoadFromURI(&url.URL{Path: name})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if each != nil {
			if err := each(name, doc); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}
