package main

import (
	"archive/tar"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/source"
)

// openNamed opens a description by a name: a folder, a file, builtin, or a revision of git; "" is
// the one that other verbs read.
func (d *description) openNamed(name string) (opened, error) {
	info, err := os.Stat(name)
	switch {
	case name == "":
		return d.open()
	case name == builtIn || err == nil && info.IsDir():
		d.dir = name
		return d.open()
	case err == nil:
		return d.openFile(name)
	}
	return d.openRevision(name)
}

// overFiles opens files that stand in no folder, and what lies over them.
func (d *description) overFiles(texts map[string][]byte, name string) (opened, error) {
	files, err := txtar.FS(archive(texts))
	if err != nil {
		return opened{}, err
	}
	return d.layered(folder{files, func() error { return nil }}, name)
}

// refersTo finds the files that a file refers to.
var refersTo = regexp.MustCompile(`\$ref"?'?\s*:\s*["']([^"'#]+)#?`)

// openFile opens one file as a description, with the files that it refers to.
func (d *description) openFile(name string) (opened, error) {
	texts := map[string][]byte{}
	root := filepath.Dir(name)
	for next := []string{name}; len(next) > 0; next = next[1:] {
		if texts[next[0]] != nil {
			continue
		}
		text, err := source.ReadFile(next[0])
		if err != nil {
			return opened{}, fmt.Errorf("cannot read %s: %w", next[0], fault.Cause(err))
		}
		if next[0] == name && !layout.IsDescription(text) {
			return opened{},
				fmt.Errorf("%s is no OpenAPI document; one is a YAML file that says openapi: 3.1.0",
					name)
		}
		texts[next[0]] = text
		for _, found := range refersTo.FindAllSubmatch(text, -1) {
			next = append(next,
				filepath.Join(filepath.Dir(next[0]), filepath.FromSlash(string(found[1]))))
		}
	}
	for file := range texts {
		for rel, err := filepath.Rel(root, file); err == nil &&
			!filepath.IsLocal(rel); rel, err = filepath.Rel(root, file) {
			root = filepath.Join(root, "..")
		}
	}
	below := map[string][]byte{}
	for file, text := range texts {
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return opened{}, err
		}
		below[filepath.ToSlash(rel)] = text
	}
	return d.overFiles(below, prefixOf(root))
}

// prefixOf is what goes before the names of files in a folder.
func prefixOf(dir string) string {
	if dir = filepath.ToSlash(filepath.Clean(dir)); dir != "." {
		return dir + "/"
	}
	return ""
}

// openRevision opens the description as it was at a revision of git, "v1.2.0" or
// "main:api/wechatpay".
func (d *description) openRevision(name string) (opened, error) {
	revision, dir, _ := strings.Cut(name, ":")
	top, err := git(".", "rev-parse", "--show-toplevel")
	if err != nil {
		return opened{},
			fmt.Errorf("%s is neither a folder nor a file, and cannot be a revision: %w", name, err)
	}
	commit, err := git(".", "rev-parse", "--verify", "--quiet", "--end-of-options",
		revision+"^{commit}")
	if err != nil {
		return opened{},
			fmt.Errorf("%s is neither a folder, nor a file, nor a revision of git; git log and "+
				"git tag list those that there are", name)
	}
	if dir, err = d.within(strings.TrimSpace(string(top)), dir); err != nil {
		return opened{}, err
	}
	tarball, err := git(strings.TrimSpace(string(top)), "archive", "--format=tar",
		strings.TrimSpace(string(commit)), "--", dir)
	if err != nil {
		return opened{},
			fmt.Errorf("revision %s has no folder %s; write %s:PATH, with the path of its "+
				"description", revision, dir, revision)
	}
	texts, err := untar(tarball, dir)
	if err != nil {
		return opened{}, fmt.Errorf("revision %s: %w", revision, err)
	}
	return d.overFiles(texts, revision+":"+prefixOf(dir))
}

// within is the folder of the description, from the top of the repository.
func (d *description) within(top, dir string) (string, error) {
	own, err := ownSpec()
	if err != nil {
		return "", err
	}
	abs, err := filepath.Abs(cmp.Or(dir, d.dir, own, "spec"))
	if err != nil {
		return "", err
	}
	// git says where links lead
	if real, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		abs = filepath.Join(real, filepath.Base(abs))
	}
	rel, err := filepath.Rel(filepath.FromSlash(top), abs)
	if err != nil || !filepath.IsLocal(rel) {
		return "", fmt.Errorf("%s is not in the repository %s; write REVISION:PATH, with a path "+
			"that is", abs, top)
	}
	return filepath.ToSlash(rel), nil
}

// git runs git, which changes nothing by what it is asked here.
func git(dir string, args ...string) ([]byte, error) {
	c := exec.Command("git", args...)
	c.Dir = dir
	out, err := c.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		err = errors.New(strings.TrimSpace(string(exit.Stderr)))
	}
	return out, err
}

// untar reads the YAML files below a folder.
func untar(tarball []byte, dir string) (map[string][]byte, error) {
	texts := map[string][]byte{}
	for r := tar.NewReader(bytes.NewReader(tarball)); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return texts, nil
		}
		if err != nil {
			return nil, err
		}
		name, below := strings.CutPrefix(h.Name, strings.TrimSuffix(dir, "/")+"/")
		if dir == "." {
			name, below = h.Name, true
		}
		if ext := path.Ext(name); h.Typeflag != tar.TypeReg || !below || ext != ".yaml" &&
			ext != ".yml" {
			continue
		}
		if texts[name], err = io.ReadAll(io.LimitReader(r, 16<<20)); err != nil {
			return nil, err
		}
	}
}
