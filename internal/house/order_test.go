package house

import (
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A package reads from top to bottom: a file uses only files that its doc.go names after it. Files
// in brackets use each other, and doc.go says why.
func TestFilesUseEachOtherInOrder(t *testing.T) {
	imports := compiled(t)
	for _, room := range rooms(t) {
		t.Run(room.name, func(t *testing.T) {
			h := read(t, room.name, imports)
			if !strings.HasPrefix(h.doc, "Package ") && !strings.HasPrefix(h.doc, "Command ") {
				t.Fatal("no doc.go says what the package is for")
			}
			if len(h.files) < 3 && !strings.Contains(h.doc, begin) { // doc.go and one more file
				return
			}
			rank := h.order(t)
			for _, file := range h.files {
				if _, ok := rank[file]; !ok && file != "doc" {
					t.Errorf("doc.go does not name %s", file)
				}
			}
			for use, what := range h.uses() {
				if rank[use.from] > rank[use.to] {
					t.Errorf("%s uses %s of %s, which doc.go names before it", use.from, what,
						use.to)
				}
			}
		})
	}
}

// compiled reads packages as they were compiled, each once.
func compiled(t *testing.T) types.Importer {
	t.Helper()
	exports := make(map[string]string)
	for _, p := range listed(t) {
		exports[p.path] = p.export
	}
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, errors.New("not compiled")
		}
		return os.Open(exports[path])
	})
}

// house is a package with the uses between its files.
type house struct {
	fset  *token.FileSet
	files []string // without .go
	doc   string   // comment of doc.go
	pkg   *types.Package
	info  types.Info
}

func read(t *testing.T, room string, imports types.Importer) *house {
	t.Helper()
	h := &house{fset: token.NewFileSet(), info: types.Info{Uses: make(map[*ast.Ident]types.Object)}}
	paths, err := filepath.Glob(filepath.Join(top, room, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(h.fset, path, nil,
			parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		name := h.file(f.Pos())
		if h.files = append(h.files, name); name == "doc" {
			h.doc = f.Doc.Text()
		}
		files = append(files, f)
	}
	config := types.Config{Importer: imports}
	if h.pkg, err = config.Check(room, h.fset, files, &h.info); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) file(pos token.Pos) string {
	return strings.TrimSuffix(filepath.Base(h.fset.Position(pos).Filename), ".go")
}

const begin = "Files use each other in this order only:"

// order ranks the files in the order of doc.go. Files in one pair of brackets have equal rank.
func (h *house) order(t *testing.T) map[string]int {
	t.Helper()
	_, text, ok := strings.Cut(strings.Join(strings.Fields(h.doc), " "), begin)
	list, reasons, ended := strings.Cut(text, ".")
	if !ok || !ended {
		t.Fatalf("doc.go does not say %q", begin)
	}
	rank, n, inside := make(map[string]int), 0, false
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		if !inside {
			n++
		}
		bracket := inside || strings.HasPrefix(name, "(")
		inside = bracket && !strings.HasSuffix(name, ")")
		if name = strings.Trim(name, "()"); !slices.Contains(h.files, name) {
			t.Errorf("doc.go names %s, which does not exist", name)
		}
		if bracket && !strings.Contains(reasons, name) {
			t.Errorf("doc.go does not say why %s uses what uses it", name)
		}
		rank[name] = n
	}
	return rank
}

type use struct{ from, to string }

// uses returns the uses between files: an example for each pair.
func (h *house) uses() map[use]string {
	uses := make(map[use]string)
	for id, object := range h.info.Uses {
		// fields and methods have no scope
		top := object.Parent() == nil || object.Parent() == h.pkg.Scope()
		if object.Pkg() != h.pkg || !top {
			continue
		}
		if from, to := h.file(id.Pos()), h.file(object.Pos()); from != to {
			uses[use{from, to}] = object.Name()
		}
	}
	return uses
}
