package web_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/wxgen/wxgen/internal/mock"
)

var (
	mockFilter = mock.Filter{}
	fileSet    = token.NewFileSet()
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// literal is the last literal in Go code.
func literal(t *testing.T, code string) (text string) {
	t.Helper()
	f, err := parser.ParseFile(fileSet, "x.go", "package x\nfunc f() {\n"+code+"\n}", 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok {
			if text, err = strconv.Unquote(l.Value); err != nil {
				t.Fatal(err)
			}
		}
		return true
	})
	return text
}
