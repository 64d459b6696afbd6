package wxpay_test

import (
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rooms are the packages of the runtime, relative to this one.
var rooms = []string{".", "gen", "internal/fault", "internal/httptext", "internal/keyfile",
	"internal/wire"}

// A newcomer reads a package from top to bottom: a file uses those alone that its doc.go names
// after it. Files in brackets use each other.
func TestFilesUseEachOtherInOrder(t *testing.T) {
	exports := exportData(t)
	for _, room := range rooms {
		t.Run(room, func(t *testing.T) {
			h := readHouse(t, room, exports)
			rank := h.order(t)
			for _, file := range h.names {
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

// Short files and functions are read, long ones are searched.
func TestFilesAndFunctionsAreShort(t *testing.T) {
	const maxFile, maxFunction = 400, 60
	err := filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasPrefix(path, "wxpaytest") {
			return err
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if n := fset.Position(file.FileEnd).Line - 1; n > maxFile {
			t.Errorf("%s has %d lines; split it", path, n)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			n := fset.Position(decl.End()).Line - fset.Position(decl.Pos()).Line + 1
			if ok && n > maxFunction && !strings.HasSuffix(path, "_test.go") { // tests have tables
				t.Errorf("%s: %s has %d lines; split it", path, f.Name.Name, n)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// exportData tells where the compiled packages lie that the rooms import.
func exportData(t *testing.T) map[string]string {
	t.Helper()
	args := []string{"list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}"}
	for _, room := range rooms {
		args = append(args, "./"+room)
	}
	out, err := exec.CommandContext(t.Context(), "go", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		exports[path] = file
	}
	return exports
}

// house is a package with what its files use of each other.
type house struct {
	fset  *token.FileSet
	names []string // of the files, without .go
	doc   string
	pkg   *types.Package
	info  types.Info
}

func readHouse(t *testing.T, dir string, exports map[string]string) *house {
	t.Helper()
	h := &house{fset: token.NewFileSet(), info: types.Info{Uses: make(map[*ast.Ident]types.Object)}}
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
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
		if h.names = append(h.names, name); name == "doc" {
			h.doc = f.Doc.Text()
		}
		files = append(files, f)
	}
	lookup := func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, errors.New("not compiled")
		}
		return os.Open(exports[path])
	}
	config := types.Config{Importer: importer.ForCompiler(h.fset, "gc", lookup)}
	if h.pkg, err = config.Check(dir, h.fset, files, &h.info); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) file(pos token.Pos) string {
	return strings.TrimSuffix(filepath.Base(h.fset.Position(pos).Filename), ".go")
}

// order ranks the files as doc.go names them; those in one pair of brackets are equal.
func (h *house) order(t *testing.T) map[string]int {
	t.Helper()
	const begin = "Files use each other in this order only:"
	_, list, ok := strings.Cut(strings.Join(strings.Fields(h.doc), " "), begin)
	list, _, ended := strings.Cut(list, ".")
	if !ok || !ended {
		t.Fatalf("doc.go does not say %q", begin)
	}
	rank, n, inside := make(map[string]int), 0, false
	for _, name := range strings.Split(list, ",") {
		name = strings.TrimSpace(name)
		if !inside {
			n++
		}
		inside = (inside || strings.HasPrefix(name, "(")) && !strings.HasSuffix(name, ")")
		if name = strings.Trim(name, "()"); !slices.Contains(h.names, name) {
			t.Errorf("doc.go names %s, which does not exist", name)
		}
		rank[name] = n
	}
	return rank
}

type use struct{ from, to string }

// uses returns what each file uses of what others declare: an example for each pair of files.
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
