package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/brief"
)

// The program in the README places an order with the mock server, whose credentials it reads.
func TestReadmeMock(t *testing.T) {
	if brief.Run() {
		t.Skip("it builds programs")
	}
	address, credentials := startMock(t)
	dir := t.TempDir()
	newModule(t, dir)
	if err := os.CopyFS(filepath.Join(dir, "mock"), os.DirFS(credentials)); err != nil {
		t.Fatal(err)
	}
	program := quickStart(t, read(t, filepath.Join("..", "..", "README.md")))
	write(t, filepath.Join(dir, "main.go"),
		strings.ReplaceAll(program, "http://127.0.0.1:8466", address))
	out, err := goCommand(dir, "run", ".").CombinedOutput()
	if err != nil || !strings.HasPrefix(string(out), "weixin://wxpay/bizpayurl") {
		t.Errorf("%v\n%s", err, out)
	}
}
