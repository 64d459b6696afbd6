package golden

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what the tests want anew")

// Update reports whether to write the expected outputs anew.
func Update() bool { return *update }

// Want is the name of an output that is one text.
const Want = "want"

// Case is one txtar file.
type Case struct {
	Name    string            // of the file, without folder and extension
	Comment string            // the text before the first file
	In      map[string][]byte // the input files
	want    map[string][]byte
}

// FS returns the input as a folder.
func (c *Case) FS() fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, data := range c.In {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	return fsys
}

// Run runs f as a subtest for each case that the pattern matches, and compares f's output with the
// expected one. With the flag -update it writes the output into the case instead.
func Run(t *testing.T, pattern string, f func(t *testing.T, c *Case) map[string][]byte) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in %s: %v", pattern, err)
	}
	for _, file := range files {
		c := read(t, file)
		t.Run(c.Name, func(t *testing.T) {
			got := f(t, c)
			if *update {
				c.write(t, file, got)
			} else {
				Compare(t, c.want, got)
			}
		})
	}
}

// Text is the output of one text.
func Text(text string) map[string][]byte { return map[string][]byte{Want: []byte(text)} }

func read(t *testing.T, file string) *Case {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimSuffix(filepath.Base(file), ".txtar")
	c := &Case{Name: name, Comment: string(a.Comment), In: map[string][]byte{},
		want: map[string][]byte{}}
	for _, f := range a.Files {
		if isWant(f.Name) {
			c.want[f.Name] = f.Data
		} else {
			c.In[f.Name] = f.Data
		}
	}
	return c
}

func isWant(name string) bool { return name == Want || strings.HasPrefix(name, Want+"/") }

func (c *Case) write(t *testing.T, file string, got map[string][]byte) {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return isWant(f.Name) })
	for _, name := range slices.Sorted(maps.Keys(got)) {
		a.Files = append(a.Files, txtar.File{Name: name, Data: got[name]})
	}
	if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Compare compares files by name.
func Compare(t *testing.T, want, got map[string][]byte) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if w, ok := want[name]; !ok {
			t.Errorf("%s is not wanted; run go test -update if it should be:\n%s", name,
				clip(got[name]))
		} else if !bytes.Equal(got[name], w) {
			line := FirstDifference(got[name], w)
			t.Errorf("%s differs in line %d; run go test -update and look at the difference.\n"+
				"got:\n%swant:\n%s",
				name, line, clip(from(got[name], line)), clip(from(w, line)))
		}
	}
	for name := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("%s is wanted, but not there", name)
		}
	}
}

// FirstDifference is the number of the first line that differs between two texts.
func FirstDifference(a, b []byte) int {
	x, y := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range min(len(x), len(y)) {
		if !bytes.Equal(x[i], y[i]) {
			return i + 1
		}
	}
	return min(len(x), len(y)) + 1
}

func from(text []byte, line int) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	return bytes.Join(lines[min(line-1, len(lines)):], nil)
}

// clip shortens long texts in messages.
func clip(text []byte) []byte {
	const most = 20
	if lines := bytes.SplitAfter(text, []byte("\n")); len(lines) > most {
		return append(bytes.Join(lines[:most], nil), "…\n"...)
	}
	return text
}
