package house

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const (
	maxFile     = 400 // lines
	maxFunction = 60  // lines
	maxLine     = 100 // columns, a tab being four

	maxGenerated = 160 // bytes of a line of generated code
)

// Files, functions and lines stay short enough to read.
func TestFilesFunctionsAndLinesAreShort(t *testing.T) {
	eachFile(t, ".go", func(path string) {
		if !strings.HasPrefix(filepath.Base(path), "zz_") {
			checkLengths(t, path)
		}
	}, "generated")
}

// eachFile visits the files with an extension, but for folders of such names.
func eachFile(t *testing.T, ext string, visit func(path string), but ...string) {
	t.Helper()
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		hidden := strings.HasPrefix(name, ".") && name != ".." && name != ".github"
		switch {
		case d.IsDir() && (hidden || name == "node_modules" || slices.Contains(but, name)):
			return fs.SkipDir
		case filepath.Ext(name) == ext:
			visit(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Lines of generated code stay short, but for addresses.
func TestGeneratedLinesAreShort(t *testing.T) {
	dir := filepath.Join(top, "generated")
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		content, err := os.ReadFile(path)
		n := 0
		for line := range strings.Lines(string(content)) {
			n++
			line = strings.TrimSuffix(line, "\n")
			if len(line) > maxGenerated && !strings.Contains(line, "://") {
				t.Errorf("%s:%d has %d bytes", path, n, len(line))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkLengths(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, content, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if n := fset.Position(file.FileEnd).Line - 1; n > maxFile {
		t.Errorf("%s has %d lines; split it", path, n)
	}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		n := fset.Position(decl.End()).Line - fset.Position(decl.Pos()).Line + 1
		if ok && n > maxFunction {
			t.Errorf("%s: %s has %d lines; split it", path, f.Name.Name, n)
		}
	}
	raw := rawLines(content)
	for i, line := range strings.Split(string(content), "\n") {
		n := utf8.RuneCountInString(line) + 3*strings.Count(line, "\t")
		if n > maxLine && !raw[i+1] && !strings.Contains(line, "://") {
			t.Errorf("%s:%d has %d columns; wrap it", path, i+1, n)
		}
	}
}

// rawLines returns the lines that cannot be wrapped: they hold a raw string, or end in a word as
// long as a line.
func rawLines(content []byte) map[int]bool {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(content))
	var s scanner.Scanner
	s.Init(file, content, nil, 0)
	lines := make(map[int]bool)
	for {
		pos, tok, text := s.Scan()
		if tok == token.EOF {
			return lines
		}
		if tok == token.STRING && text[0] == '`' {
			for i := range strings.Count(text, "\n") + 1 {
				lines[file.Line(pos)+i] = true
			}
		}
	}
}
