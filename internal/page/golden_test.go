package page_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/golden"
	"github.com/wxgen/wxgen/internal/page"
)

// TestParse reads the pages in testdata and compares their facts with the .want files.
func TestParse(t *testing.T) {
	const dir = "testdata"
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".want") ||
			strings.HasPrefix(name, filepath.Join(dir, "fuzz")) {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		t.Run(filepath.ToSlash(rel), func(t *testing.T) {
			checkGolden(t, name, filepath.ToSlash(rel))
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkGolden(t *testing.T, file, name string) {
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pages, faults := page.Parse(name, src, nil)
	for _, f := range faults {
		t.Error(f)
	}
	got := ""
	for _, p := range pages {
		got += show(p)
	}
	if golden.Update() {
		if err := os.WriteFile(file+".want", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file + ".want")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got:\n%s\nwanted:\n%s", got, want)
	}
}

// parse reads a page with one path or event, without a description.
func parse(name string, src []byte) (*page.Page, []fault.Fault) {
	pages, faults := page.Parse(name, src, nil)
	if len(pages) == 0 {
		return nil, faults
	}
	return pages[0], faults
}

// show prints a page.
func show(p *page.Page) string {
	var b strings.Builder
	for _, op := range p.Operations {
		fmt.Fprintf(&b, "%s %s%s: %s (line %d)\n", op.Method, p.Path, p.Event, op.Title, op.Line)
		showFacts(&b, op)
		showRows(&b, "path", op.PathParams)
		showRows(&b, "query", op.Query)
		showRows(&b, "headers", op.Headers)
		if op.HasJSON {
			b.WriteString("has JSON\n")
		}
		showRows(&b, "json", op.JSON)
		showRows(&b, "form", op.Form)
		showRows(&b, "response", op.Response)
		showRows(&b, "resource", op.Resource)
		if op.NoContent {
			b.WriteString("no content\n")
		}
		if op.File {
			b.WriteString("a file\n")
		}
		for _, doc := range op.Docs {
			fmt.Fprintf(&b, "see %s\n", doc)
		}
		if op.Example != nil {
			fmt.Fprintf(&b, "example %s\n", strings.Join(strings.Fields(string(op.Example)), " "))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// showFacts prints the facts about an operation as a whole.
func showFacts(b *strings.Builder, op *page.Operation) {
	if op.Server != "" {
		fmt.Fprintf(b, "server %s\n", op.Server)
	}
	if len(op.Roles)+len(op.Updated) > 0 {
		fmt.Fprintf(b, "for %s, of %s\n", strings.Join(op.Roles, " and "), op.Updated)
	}
	if op.Description != "" {
		fmt.Fprintf(b, "says %s\n", op.Description)
	}
	if op.Idempotent {
		b.WriteString("idempotent\n")
	}
	for _, e := range op.Errors {
		fmt.Fprintf(b, "refused with %d %s %q\n", e.Status, e.Code, e.Label)
	}
	for _, c := range op.Choices {
		fmt.Fprintf(b, "wants one of %s%s\n", strings.Join(append(c.Object, ""), "."),
			strings.Join(c.Names, ", "))
	}
}

func showRows(b *strings.Builder, under string, rows []*page.Row) {
	for _, r := range rows {
		fmt.Fprintf(b, "%s.%s %s", under, r.Name, r.Type)
		if r.Array {
			b.WriteString("[]")
		}
		l := r.Limits
		for _, mark := range []struct {
			on   bool
			word string
		}{{r.Required, "required"}, {r.Unknown, "required?"}, {r.Encrypted, "encrypted"},
			{r.Encoded, "encoded"}, {r.Format != "", r.Format},
			{l.MinLength > 0, fmt.Sprint("length>=", l.MinLength)},
			{l.MaxLength > 0, fmt.Sprint("length<=", l.MaxLength)}, {l.Bytes, "bytes"},
			{l.MinItems > 0, fmt.Sprint("items>=", l.MinItems)},
			{l.MaxItems > 0, fmt.Sprint("items<=", l.MaxItems)},
			{l.Maximum > 0, fmt.Sprint("<=", l.Maximum)},
			{r.Doubt != "", "(" + r.Doubt + ")"}} {
			if mark.on {
				b.WriteString(" " + mark.word)
			}
		}
		fmt.Fprintf(b, " %q", r.Label)
		for _, v := range r.Enum {
			fmt.Fprintf(b, " %s=%q", v.Value, v.Label)
		}
		b.WriteString("\n")
		showRows(b, under+"."+r.Name, r.Rows)
	}
}
