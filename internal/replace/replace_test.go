package replace

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
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

// below puts a folder before the names of files.
func below(dir string, files map[string]File) map[string]File {
	all := map[string]File{}
	for name, f := range files {
		all[filepath.Join(dir, filepath.FromSlash(name))] = f
	}
	return all
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.yaml"), []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := Files(t.Context(),
		below(dir, map[string]File{"a.yaml": {Old: []byte("old"), New: []byte("new")},
			"v3/b.yaml": {New: []byte("b")}}), nil)
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
			if err := os.WriteFile(filepath.Join(dir, "z.yaml"), []byte("theirs"),
				0o666); err != nil {
				t.Fatal(err)
			}
			err := Files(t.Context(),
				below(dir, map[string]File{"a.yaml": {New: []byte("a")}, "z.yaml": c.file}), nil)
			want := filepath.Join(dir, "z.yaml") + " was changed by somebody else in the " +
				"meantime; run it again; nothing was changed"
			if err == nil || err.Error() != want {
				t.Errorf("got %v\nwant %s", err, want)
			}
			if got := read(t, dir); len(got) != 1 || got["z.yaml"] != "theirs" {
				t.Errorf("the folder has %q", got)
			}
		})
	}
}

// Of several commands that run at once, one writes all its files and the others write none.
func TestAtOnce(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for i := range 8 {
		files := map[string]File{}
		for j := range 20 {
			files[fmt.Sprintf("v3/%d.yaml", j)] = File{New: fmt.Append(nil, i)}
		}
		wg.Go(func() { Files(t.Context(), below(dir, files), nil) })
	}
	wg.Wait()
	got := read(t, dir)
	for name, text := range got {
		if text != got["v3/0.yaml"] {
			t.Errorf("%s has %q", name, text)
		}
	}
	if len(got) != 20 {
		t.Errorf("there are %d files", len(got))
	}
}

func TestFolderInTheWay(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "b.yaml"), 0o777); err != nil {
		t.Fatal(err)
	}
	err := Files(t.Context(),
		below(dir, map[string]File{"a.yaml": {New: []byte("a")}, "b.yaml": {New: []byte("b")}}),
		nil)
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
	err := Files(t.Context(),
		below(dir, map[string]File{"a.yaml": {New: []byte("a")}, "v3/b.yaml": {New: []byte("b")}}),
		nil)
	// b.yaml cannot be read, for v3 is a file
	if err == nil || !strings.HasSuffix(err.Error(), "not a directory; nothing was changed") {
		t.Errorf("got %v", err)
	}
	if got := read(t, dir); len(got) != 1 {
		t.Errorf("the folder has %q", got)
	}
}

// A failure in the middle restores the replaced files in all folders, and leaves nothing behind.
func TestPutBack(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a/a.yaml": "old a", "b/b.yaml": "old b"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	files := below(dir, map[string]File{"a/a.yaml": {Old: []byte("old a"), New: []byte("new a")},
		"a/n/new.yaml": {New: []byte("n")},
		"b/b.yaml":     {Old: []byte("old b"), New: []byte("new b")}})
	for looks := range 4 {
		err := Files(&dying{t.Context(), looks}, files, nil)
		if fmt.Sprint(err) != "interrupted; nothing was changed" {
			t.Errorf("after %d looks: %v", looks, err)
		}
		if got := read(t, dir); len(got) != 2 || got["a/a.yaml"] != "old a" ||
			got["b/b.yaml"] != "old b" {
			t.Errorf("after %d looks the folder has %q", looks, got)
		}
		if _, err := os.Stat(filepath.Join(dir, "a", "n")); err == nil {
			t.Errorf("after %d looks the new folder is there", looks)
		}
	}
	if err := Files(&dying{t.Context(), 4}, files, nil); err != nil {
		t.Error(err)
	}
}

// dying is a context that ends after a number of checks, so that the test reaches every point of
// interruption.
type dying struct {
	context.Context
	looks int
}

func (d *dying) Err() error {
	if d.looks--; d.looks < 0 {
		return context.Canceled
	}
	return nil
}
