package stage

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// tree lists everything below a folder, with the contents of files.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == "." {
			return err
		}
		if d.IsDir() {
			all = append(all, path+"/")
			return nil
		}
		text, err := os.ReadFile(filepath.Join(dir, path))
		all = append(all, path+"="+string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func equal(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func entered(t *testing.T, dir string) *change {
	t.Helper()
	c, err := enter(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// edit makes one change of each kind.
func edit(c *change) error {
	for i := range 2 {
		if err := c.stage(i, []byte("new"), 0); err != nil {
			return err
		}
	}
	if err := c.create(0, "deep/er/create.go"); err != nil {
		return err
	}
	if err := c.replace(1, "replace.go"); err != nil {
		return err
	}
	err := c.remove(2, "gone/remove.go")
	c.prune("gone")
	return err
}

func TestChange(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "replace.go"), "old")
	write(t, filepath.Join(dir, "gone", "remove.go"), "old")
	was := tree(t, dir)
	c := entered(t, dir)
	if err := edit(c); err != nil {
		t.Fatal(err)
	}
	if err := c.rollBack(); err != nil {
		t.Fatal(err)
	}
	equal(t, tree(t, dir), was...)
	c = entered(t, dir)
	if err := edit(c); err != nil {
		t.Fatal(err)
	}
	if err := c.finish(); err != nil {
		t.Fatal(err)
	}
	equal(t, tree(t, dir), "deep/", "deep/er/", "deep/er/create.go=new", "replace.go=new")
}

// rollBack removes the folders that enter made, also above dir.
func TestRollBackMadeFolders(t *testing.T) {
	dir := t.TempDir()
	c := entered(t, filepath.Join(dir, "a", "b"))
	if err := c.rollBack(); err != nil {
		t.Fatal(err)
	}
	equal(t, tree(t, dir))
}

// Files that rollBack cannot restore are kept where no later change removes them.
func TestStuck(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "replace.go"), "old")
	write(t, filepath.Join(dir, "gone", "remove.go"), "old")
	c := entered(t, dir)
	if err := edit(c); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "gone"), "in the way")
	err := c.rollBack()
	if err == nil ||
		!strings.Contains(err.Error(), "; what is missing is in "+
			filepath.Join(dir, ".wxgen-kept-")) {
		t.Fatalf("got %v", err)
	}
	if err := entered(t, dir).finish(); err != nil {
		t.Fatal(err)
	}
	kept, _ := filepath.Glob(filepath.Join(dir, ".wxgen-kept-*", "2.old"))
	if len(kept) != 1 {
		t.Errorf("what is missing is gone: %q", tree(t, dir))
	}
}

// A killed process leaves its staging folder without a held lock.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, Name, "lock"), marker)
	write(t, filepath.Join(dir, Name, "0.new"), "new")
	write(t, filepath.Join(dir, Name, "12.old"), "old")
	if !Left(dir) {
		t.Error("it is not seen")
	}
	if err := entered(t, dir).finish(); err != nil {
		t.Fatal(err)
	}
	equal(t, tree(t, dir))
	// a process killed a little earlier
	for _, dir := range []string{filepath.Join(dir, Name), filepath.Join(dir, "x", Name)} {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "x", Name, "lock"), "")
	for _, dir := range []string{dir, filepath.Join(dir, "x")} {
		if err := entered(t, dir).finish(); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, tree(t, dir), "x/")
}

// A folder of that name is wxgen's only with wxgen's own lock file.
func TestForeign(t *testing.T) {
	for name, files := range map[string][]string{
		"a file":         {Name + "=x"},
		"their folder":   {Name + "/", Name + "/0.new=x"},
		"their lock":     {Name + "/", Name + "/0.new=x", Name + "/lock=x"},
		"lock and more":  {Name + "/", Name + "/lock=" + marker + marker},
		"lock a folder":  {Name + "/", Name + "/lock/", Name + "/lock/x=x"},
		"only something": {Name + "/", Name + "/ideas.md=x"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for _, f := range files {
				if file, text, ok := strings.Cut(f, "="); ok {
					write(t, filepath.Join(dir, file), text)
				}
			}
			_, err := enter(t.Context(), dir, nil)
			want := filepath.Join(dir, Name) + " was not made by wxgen, which needs a folder of " +
				"that name while it writes; move it away"
			if fmt.Sprint(err) != want {
				t.Errorf("got %v\nwant %s", err, want)
			}
			equal(t, tree(t, dir), files...)
		})
	}
}

// Other files in the staging folder stay.
func TestTheirsAmongOurs(t *testing.T) {
	dir := t.TempDir()
	c := entered(t, dir)
	write(t, filepath.Join(dir, Name, "notes.md"), "x")
	if err := c.finish(); err != nil {
		t.Fatal(err)
	}
	equal(t, tree(t, dir), Name+"/", Name+"/notes.md=x")
}

// Of processes that begin at the same time, each gets its turn, and the others wait.
func TestAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	var inside, turns atomic.Int32
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 20 {
				c, err := enter(t.Context(), dir, nil)
				if err != nil {
					t.Error(err)
					return
				}
				if inside.Add(1) != 1 {
					t.Error("two at once")
				}
				turns.Add(1)
				inside.Add(-1)
				end := c.finish
				if i%2 == 0 {
					end = c.rollBack
				}
				if err := end(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if turns.Load() != 160 || Left(dir) {
		t.Errorf("%d turns; the staging folder is left: %v", turns.Load(), Left(dir))
	}
}

func TestWaiting(t *testing.T) {
	dir := t.TempDir()
	c := entered(t, dir)
	told := make(chan string, 1)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { told <- <-told; cancel() }()
	start := time.Now()
	_, err := enter(ctx, dir, func(dir string) { told <- dir })
	if fmt.Sprint(err) != "interrupted" || <-told != dir || time.Since(start) < patience {
		t.Errorf("got %v after %v", err, time.Since(start))
	}
	if err := c.finish(); err != nil {
		t.Fatal(err)
	}
	equal(t, tree(t, dir))
}
