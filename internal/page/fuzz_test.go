package page_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/page"
)

// FuzzParse checks that no input causes a panic, that the result is a page or faults, and that a
// page has the facts on which other packages rely.
func FuzzParse(f *testing.F) {
	err := filepath.WalkDir("testdata", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".want") {
			return err
		}
		src, err := os.ReadFile(name)
		f.Add(strings.TrimPrefix(filepath.ToSlash(name), "testdata/"), src)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range faultCases {
		f.Add(c.file, []byte(c.src))
	}
	set, faults := page.Corrections("c.tsv", []byte(corrections))
	if len(faults) > 0 {
		f.Fatal(faults)
	}
	f.Fuzz(func(t *testing.T, name string, src []byte) {
		pages, faults := page.Parse(name, src, nil)
		wrong := slices.ContainsFunc(faults, func(f fault.Fault) bool { return !f.Note })
		if len(pages) == 0 && len(faults) == 0 || len(pages) > 0 && wrong {
			t.Fatalf("%d pages, faults %v", len(pages), faults)
		}
		set.Apply(pages)
		for _, p := range pages {
			if (p.Path == "") == (p.Event == "") || len(p.Operations) == 0 {
				t.Fatalf("path %q, event %q, %d operations", p.Path, p.Event, len(p.Operations))
			}
			for _, op := range p.Operations {
				checkOperation(t, op)
			}
		}
	})
}

func checkOperation(t *testing.T, op *page.Operation) {
	if op.Method == "" || op.Line == 0 {
		t.Fatalf("method %q, line %d", op.Method, op.Line)
	}
	if op.Example != nil && !json.Valid(op.Example) {
		t.Fatalf("the example is no JSON: %s", op.Example)
	}
	for _, rows := range [][]*page.Row{op.PathParams, op.Query, op.Headers, op.JSON, op.Form,
		op.Response, op.Resource} {
		checkRows(t, rows)
	}
}

func checkRows(t *testing.T, rows []*page.Row) {
	for _, r := range rows {
		if r.Name == "" || r.Type == "" {
			t.Fatalf("a row without name or type: %+v", r)
		}
		checkRows(t, r.Rows)
	}
}

func FuzzCorrections(f *testing.F) {
	f.Add([]byte(corrections))
	for _, c := range badCorrections {
		f.Add([]byte(c.line))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		set, faults := page.Corrections("c.tsv", src)
		if (set == nil) == (len(faults) == 0) {
			t.Fatalf("set %v, faults %v", set, faults)
		}
		if set == nil {
			return
		}
		p, _ := parse("openapi/v3/shop/{id}.md", []byte(correctedPage))
		set.Apply([]*page.Page{p})
	})
}
