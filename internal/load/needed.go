package load

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/layer"
	"github.com/wxgen/wxgen/internal/source"
)

// outline is what a file of canonical layout tells without being parsed.
type outline struct {
	paths    []string
	webhooks bool
	refs     []string // the files that it refers to
}

func outlineOf(name string, text []byte) outline {
	var o outline
	section := ""
	for line := range bytes.Lines(text) {
		if line[0] >= 'a' && line[0] <= 'z' {
			key, _, _ := bytes.Cut(line, []byte(":"))
			section = string(key)
			o.webhooks = o.webhooks || section == "webhooks"
		}
		if section == "paths" && bytes.HasPrefix(line, []byte("  /")) {
			key, _, _ := bytes.Cut(line[2:], []byte(":"))
			o.paths = append(o.paths, string(key))
		}
		for _, ref := range bytes.Split(line, []byte("$ref: "))[1:] {
			if file, _, ok := bytes.Cut(ref, []byte("#")); ok {
				file := strings.TrimLeft(string(file), `"'`)
				o.refs = append(o.refs, path.Join(path.Dir(name), file))
			}
		}
	}
	return o
}

// needed are those of the files that hold what is selected or what a layer changes, and the files
// that these refer to. It is all of them if an overlay may change any.
func needed(fsys fs.FS, found []string, layers [][]*source.File, in *selection) []string {
	over, next, ok := touched(slices.Concat(layers...))
	if !ok {
		return found
	}
	outlines := map[string]outline{}
	for _, name := range found {
		text, err := source.Read(fsys, name)
		if err != nil {
			return found // which reports it
		}
		o := outlineOf(name, text)
		outlines[name] = o
		changed := func(path string) bool { return slices.Contains(over.paths, path) }
		if slices.ContainsFunc(o.paths, in.path) || slices.ContainsFunc(o.paths, changed) ||
			o.webhooks && (over.webhooks || in.webhooks()) {
			next = append(next, name)
		}
	}
	wanted := map[string]bool{}
	for len(next) > 0 {
		name := next[0]
		if next = next[1:]; !wanted[name] {
			wanted[name] = true
			next = append(next, outlines[name].refs...)
		}
	}
	return slices.DeleteFunc(slices.Clone(found), func(name string) bool { return !wanted[name] })
}

// addLayers includes what layers describe: everything if one of them may change any file.
func (p *selection) addLayers(files []*source.File) {
	over, _, ok := touched(files)
	if !ok || slices.ContainsFunc(files, isOverlay) {
		p.everything = true
		return
	}
	p.layered = layered{map[string]bool{}, over.webhooks}
	for _, path := range over.paths {
		p.layered.packages[packageOf(path)] = true
	}
}

func isOverlay(f *source.File) bool { return layer.IsOverlay(f.Root.YAML) }

// touched is what files of layers describe, and the files below that they change or refer to; not
// ok if one may change any.
func touched(files []*source.File) (all outline, below []string, ok bool) {
	for _, f := range files {
		if !f.Root.IsMap() {
			return all, nil, false
		}
		document := f.Name
		if isOverlay(f) {
			extends := f.Root.Get("extends").Text()
			if extends == "" {
				return all, nil, false
			}
			document = strings.TrimPrefix(path.Clean("/"+extends), "/")
		}
		for k := range f.Root.Get("paths").Entries() {
			all.paths = append(all.paths, k.Text())
		}
		all.webhooks = all.webhooks || f.Root.Has("webhooks")
		below = append(below, document)
		for _, ref := range refs(f.Root.YAML) {
			below = append(below, path.Join(path.Dir(document), ref),
				path.Join(path.Dir(f.Name), ref))
		}
	}
	return all, below, true
}

// refs are the files that $refs name, as they are written.
func refs(n *yaml.Node) (files []string) {
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 1 && n.Content[i-1].Value == "$ref" {
			file, _, _ := strings.Cut(child.Value, "#")
			files = append(files, file)
		}
		files = append(files, refs(child)...)
	}
	return files
}
