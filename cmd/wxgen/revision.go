package main

import (
	"archive/tar"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/spec"
)

// revision is a commit of a git repository.
type revision struct {
	name, top, commit string
}

// openRevision opens the description of a git revision, "v1.2.0" or "main:api/wechatpay", with the
// layers of that revision.
func (d *description) openRevision(name string) (opened, error) {
	at, dir, err := revisionOf(name)
	if err != nil {
		return opened{}, err
	}
	in, err := d.atRevision(at, dir)
	if err != nil || len(d.over) > 0 && !slices.Equal(d.over, d.then) {
		return in, err // the given layers are today's
	}
	in.layers, err = at.layers(d.then)
	return in, err
}

// revisionOf finds a revision, and the folder in its name; "" if there is none.
func revisionOf(name string) (at revision, dir string, err error) {
	at.name, dir, _ = strings.Cut(name, ":")
	top, err := git(".", "rev-parse", "--show-toplevel")
	if err != nil {
		return at, "", fmt.Errorf("%s is neither a folder nor a file, and cannot be a revision: %w",
			name, err)
	}
	commit, err := git(".", "rev-parse", "--verify", "--quiet", "--end-of-options",
		at.name+"^{commit}")
	if err != nil {
		return at, "", fmt.Errorf("%s is neither a folder, nor a file, nor a revision of git; "+
			"git log and git tag list those that there are", name)
	}
	at.top, at.commit = strings.TrimSpace(string(top)), strings.TrimSpace(string(commit))
	return at, dir, nil
}

// atRevision opens the lowest description of a revision: the one in its folder, or the built-in one
// for a module with layers only.
func (d *description) atRevision(at revision, dir string) (opened, error) {
	own, err := ownSpec()
	if err != nil {
		return opened{}, err
	}
	if dir == "" && (d.dir == builtIn || d.dir == "" && own == "" && len(d.then) > 0) {
		return d.layered(folder{spec.FS, func() error { return nil }}, builtInName)
	}
	if dir, err = at.within(cmp.Or(dir, d.dir, own, "spec")); err != nil {
		return opened{}, err
	}
	texts, err := at.texts(dir)
	if err != nil {
		return opened{}, err
	}
	if texts == nil {
		return opened{},
			fmt.Errorf("revision %s has no folder %s; write %s:PATH, with the path of its "+
				"description", at.name, dir, at.name)
	}
	return d.overFiles(texts, at.name+":"+prefixOf(dir))
}

// layers are the folders and overlays of a revision. It skips those that did not exist then.
func (r revision) layers(paths []string) (all []load.Layer, err error) {
	for _, name := range paths {
		name, err := r.within(name)
		if err != nil {
			return nil, err
		}
		texts, err := r.texts(name)
		if err != nil {
			return nil, err
		}
		if texts == nil {
			continue
		}
		l := load.Layer{Name: r.name + ":" + prefixOf(name)}
		if text := texts[path.Base(name)]; isYAML(name) && len(texts) == 1 && text != nil {
			l.Name, l.File = r.name+":"+prefixOf(path.Dir(name)), path.Base(name)
		}
		if l.Files, err = txtar.FS(archive(texts)); err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

// within is a path from the top of the repository.
func (r revision) within(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	// git resolves links
	if real, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		abs = filepath.Join(real, filepath.Base(abs))
	}
	rel, err := filepath.Rel(filepath.FromSlash(r.top), abs)
	if err != nil || !filepath.IsLocal(rel) {
		return "", fmt.Errorf("%s is not in the repository %s; write REVISION:PATH, with a path "+
			"that is", abs, r.top)
	}
	return filepath.ToSlash(rel), nil
}

// texts are the YAML files below a folder, or the one file of that name; nil if there is neither.
func (r revision) texts(name string) (map[string][]byte, error) {
	tarball, err := git(r.top, "archive", "--format=tar", r.commit, "--", name)
	if err != nil {
		return nil, nil
	}
	texts, err := untar(tarball, name)
	if err != nil {
		return nil, fmt.Errorf("revision %s: %w", r.name, err)
	}
	return texts, nil
}

// git runs a git command that changes nothing.
func git(dir string, args ...string) ([]byte, error) {
	c := exec.Command("git", args...)
	c.Dir = dir
	out, err := c.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		err = errors.New(strings.TrimSpace(string(exit.Stderr)))
	}
	return out, err
}

// untar reads the YAML files below a folder, or the one file of that name.
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
		switch dir {
		case ".":
			name, below = h.Name, true
		case h.Name:
			name, below = path.Base(dir), true
		}
		if h.Typeflag != tar.TypeReg || !below || !isYAML(name) {
			continue
		}
		if texts[name], err = io.ReadAll(io.LimitReader(r, source.MaxFile)); err != nil {
			return nil, err
		}
	}
}

func isYAML(name string) bool { return path.Ext(name) == ".yaml" || path.Ext(name) == ".yml" }
