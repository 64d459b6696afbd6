package main

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// commandInText finds a command in a message, up to the end of the phrase.
var commandInText = regexp.MustCompile(`\bwxgen [a-z]+(?: --?[a-z-]+| [a-z:/.{}_*-]+/[^\s;,)]*)*`)

// The commands and flags that messages and documents name are there.
func TestCommandsInMessages(t *testing.T) {
	top := filepath.Join("..", "..")
	found := 0
	for _, pattern := range []string{"*.md", "docs/*.md", ".github/*.md"} {
		documents, err := filepath.Glob(filepath.Join(top, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range documents {
			found += checkText(t, path, read(t, path))
		}
	}
	for _, dir := range []string{"cmd", "internal", "wxpay", "templates", "spec"} {
		err := filepath.WalkDir(filepath.Join(top, dir), func(path string, d fs.DirEntry,
			err error) error {
			if err == nil && filepath.Ext(path) == ".go" && !strings.HasSuffix(path, "_test.go") {
				found += checkMessages(t, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if found < 50 {
		t.Errorf("only %d commands", found)
	}
}

// checkMessages checks the texts of a Go file, and counts the commands in them.
func checkMessages(t *testing.T, path string) (found int) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		text := ""
		switch n := n.(type) {
		case *ast.BinaryExpr:
			text = joined(n)
		case *ast.BasicLit:
			text, _ = strconv.Unquote(n.Value)
		}
		found += checkText(t, path, text)
		return text == "" || !strings.Contains(text, "wxgen ")
	})
	return found
}

// checkText checks the commands in a text, and counts them.
func checkText(t *testing.T, path, text string) (found int) {
	t.Helper()
	for _, command := range commandInText.FindAllString(text, -1) {
		verb := strings.Fields(command)[1]
		if c, _, err := newRoot().Find([]string{verb}); err != nil || c.Name() != verb {
			continue // a sentence: "wxgen writes them"
		}
		found++
		if err := knownCommand(command); err != nil && !errors.Is(err, pflag.ErrHelp) &&
			!strings.HasPrefix(err.Error(), "flag needs an argument") {
			t.Errorf("%s: %s: %v", path, command, err)
		}
	}
	return found
}

// joined is a text that is written in several pieces; "" for another sum.
func joined(sum *ast.BinaryExpr) string {
	var text string
	for _, side := range []ast.Expr{sum.X, sum.Y} {
		switch side := side.(type) {
		case *ast.BinaryExpr:
			text += joined(side)
		case *ast.BasicLit:
			piece, _ := strconv.Unquote(side.Value)
			text += piece
		}
	}
	return text
}
