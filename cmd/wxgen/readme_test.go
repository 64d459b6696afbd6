package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/brief"
)

var readmes = []string{"README.md", "README.zh-CN.md"}

// The Go in the READMEs compiles: the quick start, which is a whole program, and each call of the
// table.
func TestReadmeGo(t *testing.T) {
	if brief.Run() {
		t.Skip("it builds programs")
	}
	root := filepath.Join("..", "..")
	dir := t.TempDir()
	newModule(t, dir)
	for i, name := range readmes {
		text := read(t, filepath.Join(root, name))
		source := `package php

import (
	"context"

	"github.com/wxgen/wxgen/generated/v3/pay"
	"github.com/wxgen/wxgen/generated/wechatpay"
	"github.com/wxgen/wxgen/wxpay"
)

type Out struct{}

func php(ctx context.Context, client *wechatpay.Client, c *wxpay.Client, req pay.NativeRequest, body any, out Out) {
`
		calls := regexp.MustCompile("(?m)^\\| `[^`]*` \\| `([^`]*)` \\|$").
			FindAllStringSubmatch(text, -1)
		if len(calls) != 4 {
			t.Errorf("%s: %d calls in the table, want 4", name, len(calls))
		}
		for _, call := range calls {
			source += call[1] + "\n"
		}
		folder := filepath.Join(dir, []string{"en", "zh"}[i])
		write(t, filepath.Join(folder, "php", "php.go"), source+"}\n")
		write(t, filepath.Join(folder, "main.go"), quickStart(t, text))
	}
	if out, err := goCommand(dir, "vet", "./...").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// quickStart is the program in a README.
func quickStart(t *testing.T, text string) string {
	t.Helper()
	_, rest, _ := strings.Cut(text, "```go\npackage main\n")
	program, _, ok := strings.Cut(rest, "```\n")
	if !ok {
		t.Fatal("no program")
	}
	return "package main\n" + program
}

// The endpoint in the READMEs can be added, and gives the promised chain.
func TestReadmeYAML(t *testing.T) {
	root := filepath.Join("..", "..")
	for _, name := range readmes {
		text := read(t, filepath.Join(root, name))
		dir := t.TempDir()
		file := filepath.Join(dir, "spec", "payroll-card.yaml")
		write(t, file, "openapi: 3.1.0\ninfo: {title: 微工卡, version: \"3\"}\npaths:\n"+
			block(t, text, "yaml"))
		out := filepath.Join(dir, "out")
		if err := execute("generate", "--spec", filepath.Dir(file), "--out", out, "--module",
			"example.com/x"); err != nil {
			t.Fatal(err)
		}
		if index := read(t, filepath.Join(out, "README.md")); !strings.Contains(index,
			"PayrollCard().Greetings().ByOpenID(…).Post") {
			t.Errorf("%s: the promised chain is not in the index:\n%s", name, index)
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(content), "\r\n", "\n")
}

func write(t testing.TB, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// block is the first block of code in a language.
func block(t *testing.T, text, language string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, "```"+language+"\n")
	code, _, closed := strings.Cut(rest, "```\n")
	if !ok || !closed {
		t.Fatalf("no block of %s", language)
	}
	return code
}
