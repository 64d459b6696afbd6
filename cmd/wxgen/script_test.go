package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/wxgen/wxgen/internal/brief"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata")

// TestMain lets the scripts run this test binary as wxgen.
func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"wxgen": main}) }

// Each file of testdata is one case of the command line: commands, input and wanted output. These
// commands are added:
//
//	code N wxgen …      run wxgen; it must exit with code N
//	remember DIR        note everything in a folder, times included
//	untouched DIR       it must be as remembered
//	crlf FILE…          give files the line ends of Windows
//	sub OLD NEW FILE…   replace text in files
//
// The condition brief is that of package brief.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE", "GOPROXY").Output()
	if err != nil {
		t.Fatal(err)
	}
	cache, rest, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	modules, proxy, _ := strings.Cut(rest, "\n")
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "remember": remember, "untouched": untouched, "crlf": crlf, "sub": sub,
		},
		Condition: func(word string) (bool, error) {
			if word != "brief" {
				return false, fmt.Errorf("unknown condition %q", word)
			}
			return brief.Run(), nil
		},
		Setup: func(e *testscript.Env) error {
			e.Values[snapshots{}] = map[string]map[string]string{}
			mock, err := listen("127.0.0.1:0") // a free port
			if err != nil {
				return err
			}
			defer mock.Close()
			// No network and no other modules: the generated code must build with this module
			// alone.
			e.Vars = append(e.Vars, "WXGEN="+root, "MODULES="+modules, "PROXY="+proxy,
				"MOCK="+mock.Addr().String(), "GOCACHE="+cache,
				"GOPROXY=off", "GOFLAGS="+os.Getenv("GOFLAGS"), // -trimpath shares the cache
				"GOMODCACHE="+filepath.Join(e.WorkDir, "modcache"), "GOTOOLCHAIN=local",
				"GOWORK=off", noLinger)
			return nil
		},
	})
}

// noLinger keeps the race detector from waiting a second at the end of every process.
const noLinger = "GORACE=atexit_sleep_ms=0"

type snapshots struct{}

func code(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func remember(ts *testscript.TestScript, _ bool, args []string) {
	ts.Value(snapshots{}).(map[string]map[string]string)[args[0]] = snapshot(ts, ts.MkAbs(args[0]))
}

func untouched(ts *testscript.TestScript, _ bool, args []string) {
	was, is := ts.Value(snapshots{}).(map[string]map[string]string)[args[0]],
		snapshot(ts, ts.MkAbs(args[0]))
	var diffs []string
	for name := range was {
		if is[name] != was[name] {
			diffs = append(diffs,
				fmt.Sprintf("%s was %.200q, is %.200q", name, was[name], is[name]))
		}
	}
	for name := range is {
		if _, ok := was[name]; !ok {
			diffs = append(diffs, name+" is new")
		}
	}
	slices.Sort(diffs)
	if len(diffs) > 0 {
		ts.Fatalf("%s", strings.Join(diffs, "\n"))
	}
}

// snapshot is everything below a folder. A folder's time reveals temporary files. Permissions would
// not do: the tests also run as root, who can write everywhere.
func snapshot(ts *testscript.TestScript, dir string) map[string]string {
	all := map[string]string{}
	ts.Check(filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		content := ""
		if d.Type().IsRegular() {
			content = ts.ReadFile(path)
		}
		name, err := filepath.Rel(dir, path)
		all[name] = info.Mode().String() + " " + info.ModTime().String() + " " + content
		return err
	}))
	return all
}

func crlf(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		rewrite(ts, name, []byte("\n"), []byte("\r\n"))
	}
}

func sub(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args[2:] {
		rewrite(ts, name, []byte(args[0]), []byte(args[1]))
	}
}

func rewrite(ts *testscript.TestScript, name string, old, new []byte) {
	content, err := os.ReadFile(ts.MkAbs(name))
	ts.Check(err)
	if !bytes.Contains(content, old) {
		ts.Fatalf("%s has no %q", name, old)
	}
	ts.Check(os.WriteFile(ts.MkAbs(name), bytes.ReplaceAll(content, old, new), 0o666))
}
