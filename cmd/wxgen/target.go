package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"syscall"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/source"
)

// goModule is a Go module on disk.
type goModule struct {
	root string // absolute
	path string // "github.com/wxgen/wxgen"
}

// moduleOf finds the module around a folder; nil if there is none. The folder itself need not
// exist.
func moduleOf(dir string) (*goModule, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	for {
		file := filepath.Join(dir, "go.mod")
		content, err := source.ReadFile(file)
		if err == nil {
			name := modfile.ModulePath(content)
			if name == "" {
				return nil, fmt.Errorf("%s has no module line; write one, or name the module "+
					"with --module", shown(file))
			}
			return &goModule{dir, name}, nil
		}
		if !absent(err) && !isFolder(file) {
			return nil, fmt.Errorf("cannot read %s: %w", shown(file), fault.Cause(err))
		}
		if dir == filepath.Dir(dir) {
			return nil, nil
		}
		dir = filepath.Dir(dir)
	}
}

// absent reports whether an error says that a file does not exist, or that it would be below a
// file.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// target is the place of generated code.
type target struct {
	dir        string // as the user knows it
	importPath string
}

// newTarget chooses the output folder: out, or generated in the module around the working folder.
// The import path follows from the go.mod above it. The argument modulePath overrides the module
// path.
func newTarget(out, modulePath string) (target, error) {
	dir, err := outFolder(out)
	if err != nil {
		return target{}, err
	}
	m, err := moduleOf(dir)
	if err != nil {
		return target{}, err
	}
	if m == nil {
		m, err = namedModule(dir, modulePath)
		if err != nil {
			return target{}, err
		}
	}
	if modulePath != "" {
		m.path = modulePath
	}
	below, err := filepath.Rel(m.root, dir)
	if err != nil {
		return target{}, err
	}
	t := target{dir: shown(dir), importPath: path.Join(m.path, filepath.ToSlash(below))}
	if err := module.CheckImportPath(t.importPath); err != nil {
		return target{},
			fmt.Errorf("%s cannot hold Go packages: %w; choose another --out or --module",
				t.dir, err)
	}
	return t, nil
}

// outFolder is the absolute path of the output folder.
func outFolder(out string) (string, error) {
	if out != "" {
		return filepath.Abs(out)
	}
	m, err := moduleOf(".")
	if err != nil {
		return "", err
	}
	if m == nil {
		return filepath.Abs("generated")
	}
	return filepath.Join(m.root, "generated"), nil
}

// namedModule is the module of --module for an output folder without a go.mod. Its root is the
// working folder if the output is below that, else the output folder.
func namedModule(dir, name string) (*goModule, error) {
	if name == "" {
		return nil, fmt.Errorf("%s is in no Go module, so its import path is unknown; run go mod "+
			"init, or name the module with --module", shown(dir))
	}
	here, err := filepath.Abs(".")
	if err != nil {
		return nil, err
	}
	if below, err := filepath.Rel(here, dir); err == nil && filepath.IsLocal(below) {
		return &goModule{here, name}, nil
	}
	return &goModule{dir, name}, nil
}

// shown is a path for people: relative to the working folder if it is below that.
func shown(file string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return file
	}
	if rel, err := filepath.Rel(here, file); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return file
}
