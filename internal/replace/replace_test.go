package replace

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
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
	theirs := filepath.Join(dir, "c.yaml")
	if err := os.WriteFile(theirs, []byte("theirs"), 0o666); err != nil {
		t.Fatal(err)
	}
	ours := func(name, old string) stage {
		s := stage{name: name, file: File{New: []byte("new")}}
		if old != "" {
			s.file.Old = []byte(old)
		}
		return s
	}
	err := putBack([]stage{ours(a, "old"), ours(b, ""), ours(theirs, "old"), ours(filepath.Join(dir, "gone.yaml"), "")})
	if err == nil || !strings.HasSuffix(err.Error(), "its old content is lost unless it is in version control") {
		t.Errorf("got %v", err)
	}
	if got := read(t, dir); len(got) != 2 || got["a.yaml"] != "old" || got["c.yaml"] != "theirs" {
		t.Errorf("the folder has %q", got)
	}
}

// Of commands that run at once, one writes all its files and the others none.
func TestAtOnce(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for i := range 8 {
		files := map[string]File{}
		for j := range 20 {
			files[fmt.Sprintf("v3/%d.yaml", j)] = File{New: fmt.Append(nil, i)}
		}
		wg.Go(func() { Files(dir, files) })
	}
	wg.Wait()
	got := read(t, dir)
	for name, text := range got {
		if strings.Contains(name, tempInfix) || text != got["v3/0.yaml"] {
			t.Errorf("%s has %q", name, text)
		}
	}
	if len(got) != 20 && len(got) != 0 { // none if they all stepped aside for each other
		t.Errorf("there are %d files", len(got))
	}
}

func TestSweep(t *testing.T) {
	dir := t.TempDir()
	young, old := filepath.Join(dir, "a.yaml.wxgen-X"), filepath.Join(dir, "a.yaml.wxgen-Y")
	for _, name := range []string{young, old} {
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-2 * tempLife)
	if err := os.Chtimes(old, long, long); err != nil {
		t.Fatal(err)
	}
	if err := Files(dir, map[string]File{"a.yaml": {New: []byte("a")}}); err != nil {
		t.Fatal(err)
	}
	if got := read(t, dir); len(got) != 2 || got["a.yaml"] != "a" {
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
