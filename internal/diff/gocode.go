package diff

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/exp/apidiff"
)

// goChanges compares the generated packages. It checks each by itself, with stubs for its imports.
// So it needs neither a toolchain nor a network, and reports a change in one package once.
func goChanges(old, new Side) (all []Change) {
	was, is := packages(old.Code), packages(new.Code)
	stubs := &stubs{map[string]*types.Package{}}
	for _, dir := range slices.Sorted(maps.Keys(union(was, is))) {
		switch {
		case is[dir] == nil:
			all = append(all,
				Change{Breaking: true, Side: Go, Where: dir, What: "the package is gone"})
		case was[dir] == nil:
			all = append(all, Change{Side: Go, Where: dir, What: "the package is new"})
		case !maps.EqualFunc(was[dir], is[dir], func(a, b []byte) bool {
			return string(a) == string(b)
		}):
			report := apidiff.Changes(stubs.check(dir, was[dir]), stubs.check(dir, is[dir]))
			for _, c := range report.Changes {
				change := Change{Breaking: !c.Compatible, Side: Go, Where: dir, What: c.Message}
				change.File = placeOfName(c.Message, dir, old, new)
				all = append(all, change)
			}
		}
	}
	return all
}

// packages sorts generated files by their folder, without tests.
func packages(code map[string][]byte) map[string]map[string][]byte {
	all := map[string]map[string][]byte{}
	for name, text := range code {
		if dir := path.Dir(name); strings.HasSuffix(name, ".go") &&
			!strings.HasSuffix(name, "_test.go") {
			if all[dir] == nil {
				all[dir] = map[string][]byte{}
			}
			all[dir][name] = text
		}
	}
	return all
}

func union[V any](a, b map[string]V) map[string]bool {
	all := map[string]bool{}
	for name := range a {
		all[name] = true
	}
	for name := range b {
		all[name] = true
	}
	return all
}

// stubs are the imported packages: names without meaning, but equal in both descriptions.
type stubs struct {
	packages map[string]*types.Package
}

// check type-checks a package without function bodies.
func (s *stubs) check(dir string, code map[string][]byte) *types.Package {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range slices.Sorted(maps.Keys(code)) {
		f, err := parser.ParseFile(fset, name, code[name], parser.SkipObjectResolution)
		if err != nil {
			continue // emit parsed it when it was generated
		}
		s.declare(f)
		files = append(files, f)
	}
	// stubs have no values, so the checker reports their uses as errors
	config := types.Config{Importer: s, IgnoreFuncBodies: true, Error: func(error) {}}
	pkg, _ := config.Check(dir, fset, files, nil)
	return pkg
}

// Import implements types.Importer.
func (s *stubs) Import(importPath string) (*types.Package, error) {
	if s.packages[importPath] == nil {
		pkg := types.NewPackage(importPath, path.Base(importPath))
		pkg.MarkComplete()
		s.packages[importPath] = pkg
	}
	return s.packages[importPath], nil
}

// declare gives the stubs a type for every name that a file uses of them.
func (s *stubs) declare(f *ast.File) {
	imports := map[string]*types.Package{}
	for _, spec := range f.Imports {
		pkg, _ := s.Import(strings.Trim(spec.Path.Value, `"`))
		name := pkg.Name()
		if spec.Name != nil {
			name = spec.Name.Name
		}
		imports[name] = pkg
	}
	ast.Inspect(f, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && imports[x.Name] != nil &&
			imports[x.Name].Scope().Lookup(sel.Sel.Name) == nil {
			pkg := imports[x.Name]
			name := types.NewTypeName(token.NoPos, pkg, sel.Sel.Name, nil)
			types.NewNamed(name, types.NewStruct(nil, nil), nil)
			pkg.Scope().Insert(name)
		}
		return true
	})
}
