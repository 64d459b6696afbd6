package replace

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			b, _ := os.ReadFile(path)
			rel, _ := filepath.Rel(dir, path)
			all[filepath.ToSlash(rel)] = string(b)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.yaml"), []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := Files(dir, map[string]File{"a.yaml": {Old: []byte("old"), New: []byte("new")}, "v3/b.yaml": {New: []byte("b")}})
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, dir); len(got) != 2 || got["a.yaml"] != "new" || got["v3/b.yaml"] != "b" {
		t.Errorf("the folder has %q", got)
	}
	if info, _ := os.Stat(filepath.Join(dir, "a.yaml")); info.Mode().Perm() != 0o600 {
		t.Errorf("the mode became %v", info.Mode())
	}
}

func TestEditedMeanwhile(t *testing.T) {
	for _, c := range []struct {
		name string
		file File
	}{
		{"changed", File{Old: []byte("old"), New: []byte("new")}},
		{"appeared", File{New: []byte("new")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "z.yaml"), []byte("theirs"), 0o666); err != nil {
				t.Fatal(err)
			}
			err := Files(dir, map[string]File{"a.yaml": {New: []byte("a")}, "z.yaml": c.file})
			want := filepath.Join(dir, "z.yaml") + " was changed by somebody else in the meantime; nothing was written, so run it again"
			if err == nil || err.Error() != want {
				t.Errorf("got %v\nwant %s", err, want)
			}
			if got := read(t, dir); len(got) != 1 || got["z.yaml"] != "theirs" {
				t.Errorf("the folder has %q", got)
			}
		})
	}
}

func TestPutBack(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.yaml"), filepath.Join(dir, "b.yaml")
	for _, name := range []string{a, b} {
		if err := os.WriteFile(name, []byte("new"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	err := putBack([]stage{{name: a, file: File{Old: []byte("old")}}, {name: b}, {name: filepath.Join(dir, "gone.yaml")}})
	if err == nil || !strings.HasSuffix(err.Error(), "its old content is lost unless it is in version control") {
		t.Errorf("got %v", err)
	}
	if got := read(t, dir); len(got) != 1 || got["a.yaml"] != "old" {
		t.Errorf("the folder has %q", got)
	}
}

func TestFolderInTheWay(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "b.yaml"), 0o777); err != nil {
		t.Fatal(err)
	}
	err := Files(dir, map[string]File{"a.yaml": {New: []byte("a")}, "b.yaml": {New: []byte("b")}})
	if err == nil || !strings.HasSuffix(err.Error(), "nothing was changed") {
		t.Errorf("got %v", err)
	}
	if got := read(t, dir); len(got) != 0 {
		t.Errorf("the folder has %q", got)
	}
}

func TestUnwritable(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "v3"), []byte("a file"), 0o666); err != nil {
		t.Fatal(err)
	}
	err := Files(dir, map[string]File{"a.yaml": {New: []byte("a")}, "v3/b.yaml": {New: []byte("b")}})
	if err == nil || !strings.HasSuffix(err.Error(), "not a directory; nothing was changed") { // b.yaml cannot be read, for v3 is a file
		t.Errorf("got %v", err)
	}
	if got := read(t, dir); len(got) != 1 {
		t.Errorf("the folder has %q", got)
	}
}
