package wxpay_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// declared returns the names of all top-level declarations in the files that match pattern.
func declared(t *testing.T, pattern string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[string]bool)
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				names[d.Name.Name] = true
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						names[spec.Name.Name] = true
					case *ast.ValueSpec:
						for _, n := range spec.Names {
							names[n.Name] = true
						}
					}
				}
			}
		}
	}
	return names
}

// docs/errors.md names every error of the package and no other. The tests that it names exist.
func TestErrorsAreDocumented(t *testing.T) {
	data, err := os.ReadFile("../docs/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	isError := regexp.MustCompile(`^(Err[A-Z]\w*|Step[A-Z]\w*|[A-Z]\w*Error|Error)$`)
	other := regexp.MustCompile(`^(Code|Example)`) // codes of WeChat Pay's, which are constants
	code := declared(t, "*.go")
	for name := range code {
		if isError.MatchString(name) && !other.MatchString(name) &&
			!strings.Contains(text, "`"+name+"`") && !strings.Contains(text, "`*"+name+"`") {
			t.Errorf("docs/errors.md does not list %s", name)
		}
	}
	for name := range declared(t, "wxpaytest/*_test.go") {
		code[name] = true
	}
	for _, m := range regexp.MustCompile("`\\*?(\\w+)`").FindAllStringSubmatch(text, -1) {
		if name := m[1]; (isError.MatchString(name) || strings.HasPrefix(name, "Test")) &&
			!code[name] {
			t.Errorf("docs/errors.md names %s, which does not exist", name)
		}
	}
}
