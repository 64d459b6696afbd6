package wxpay_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/wxgen/wxgen"

// guarded are the folders of the code that callers' binaries contain, relative to this one.
func guarded(t *testing.T) []string {
	folders := []string{"."}
	generated := filepath.Join("..", "generated")
	found := false
	err := filepath.WalkDir(generated, func(path string, _ fs.DirEntry, err error) error {
		found = found || strings.HasSuffix(path, ".go")
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if found {
		folders = append(folders, generated)
	}
	return folders
}

// The runtime and the generated code use the standard library alone. text/template would keep every
// exported method of every service in a binary, since it calls methods by name.
func TestOnlyTheStandardLibrary(t *testing.T) {
	args := []string{"list", "-deps", "-f",
		"{{if not .Standard}}{{.ImportPath}}{{end}}{{if .Standard}}std {{.ImportPath}}{{end}}"}
	for _, folder := range guarded(t) {
		if folder != "." {
			folder = filepath.ToSlash(folder) + "/..."
		}
		args = append(args, folder)
	}
	out, err := exec.CommandContext(t.Context(), "go", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		path, std := strings.CutPrefix(strings.TrimSpace(line), "std ")
		switch {
		case std && slices.Contains([]string{"text/template", "html/template", "testing",
			"net/http/httptest"}, path):
			t.Errorf("depends on %s", path)
		case !std && !strings.HasPrefix(path, module+"/wxpay") &&
			!strings.HasPrefix(path, module+"/generated"):
			t.Errorf("depends on %s", path)
		}
	}
}

// reflect's MethodByName and Method(i) make the linker keep every exported method, as text/template
// does.
func TestNoMethodByName(t *testing.T) {
	for _, folder := range guarded(t) {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") ||
				strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, word := range []string{".MethodByName(", ".Method(", ".NumMethod(",
				`"text/template"`, `"html/template"`, `"unsafe"`} {
				if strings.Contains(string(source), word) {
					t.Errorf("%s: %s", path, word)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
