package load

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/source"
)

func TestGlob(t *testing.T) {
	for _, tt := range []struct {
		pattern, path string
		want          bool
	}{
		{"pay", "/v3/pay/a", true},
		{"pay", "/v3/pay", true},
		{"pay", "/v3/payscore/a", false},
		{"/v3/pay/**", "/v3/pay/a/b/c", true},
		{"/v3/pay/**", "/v3/pay", true},
		{"/v3/pay/*", "/v3/pay/a/b", false},
		{"/v3/pay/*", "/v3/pay/a/", true},
		{"/v3/**/close", "/v3/pay/transactions/{id}/close", true},
		{"/v3/**/close", "/v3/pay/transactions/{id}", false},
		{"/v3/pay/transactions/id-*", "/v3/pay/transactions/id-1", true},
		{"webhooks", "/v3/pay/a", false},
	} {
		if got := newSelection(Options{Include: []string{tt.pattern}}).
			path(tt.path); got != tt.want {
			t.Errorf("include %q of %q is %v", tt.pattern, tt.path, got)
		}
	}
}

func TestIncludeNothing(t *testing.T) {
	_, err := Dir(dialect(t), Options{Include: []string{"pay", "payy"}})
	want :=
		`nothing in the description matches "payy"; name a service (payroll-card), a path (/v3/pay/**) or webhooks`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestIncludePrunes(t *testing.T) {
	api, err := Dir(dialect(t), Options{Include: []string{"/v3/pay/bills/**"}})
	if err != nil {
		t.Fatal(err)
	}
	if api.Webhooks != nil || len(api.Services) != 1 || len(api.Services[0].Types) != 0 ||
		len(api.Services[0].Operations()) != 1 {
		t.Errorf("got:\n%s", dump(api))
	}
}

func TestProgress(t *testing.T) {
	last, total := 0, 0
	opts := Options{Progress: func(done, of int) {
		if done != last+1 || of < total {
			t.Errorf("progress %d/%d after %d/%d", done, of, last, total)
		}
		last, total = done, of
	}}
	if _, err := Dir(synthetic(100), opts); err != nil {
		t.Fatal(err)
	}
	if last != total || total == 0 {
		t.Errorf("ended at %d of %d", last, total)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	fsys := fstest.MapFS{
		"big.yaml": &fstest.MapFile{
			Data: []byte(strings.Repeat("# a line that says nothing\n", source.MaxFile/20)),
		},
		"pipe.yaml":         &fstest.MapFile{Mode: fs.ModeNamedPipe},
		".hidden/a.yaml":    &fstest.MapFile{Data: []byte("{")},
		"v3/.#a.yaml":       &fstest.MapFile{Data: []byte("{")},
		"folder.yaml/a.txt": &fstest.MapFile{Data: []byte("{")},
	}
	_, err := Dir(fsys, Options{Name: "spec/"})
	want := "spec/big.yaml: cannot read: larger than 16 MiB; split it\n" +
		"spec/pipe.yaml: cannot read: not a regular file"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// locked is a folder with an unreadable file.
type locked struct{ fstest.MapFS }

func (l locked) Open(name string) (fs.File, error) {
	if name == "v3/locked.yaml" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.Open(name)
}

// TestFileWithoutPermission checks that an unreadable file is an error and no fault of the
// description.
func TestFileWithoutPermission(t *testing.T) {
	_, err := Dir(locked{fstest.MapFS{"v3/a.yaml": {Data: []byte("openapi: 3.0.0\n")},
		"v3/locked.yaml": {}}}, Options{Name: "spec/"})
	want := "cannot read spec/v3/locked.yaml: permission denied; make it readable, or move it " +
		"out of the description"
	if _, faulty := fault.As(err); faulty || err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

type broken struct{ fs.FS }

func (broken) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("disk on fire")}
}

func TestFolderThatCannotBeRead(t *testing.T) {
	_, err := Dir(broken{}, Options{Name: "spec/"})
	if want := "cannot read spec/: stat .: disk on fire"; err == nil ||
		!strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestPositions checks that columns count characters, as editors do.
func TestPositions(t *testing.T) {
	fsys := fstest.MapFS{
		"a.yaml": &fstest.MapFile{
			Data: []byte("openapi: 3.1.0\ninfo: {title: 支付支付, vrsion: \"3\"}\n"),
		},
	}
	_, err := Dir(fsys, Options{})
	if want := `a.yaml:2:21: document a.yaml: unknown key "vrsion"; did you mean version?`; err ==
		nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}
