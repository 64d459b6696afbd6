package load

import (
	"errors"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/source"
)

// file is one YAML file of the description.
type file struct {
	name   string                      // below the folder, with slashes
	shown  string                      // name with Options.Name before it
	root   view                        // missing if the file does not parse
	doc    bool                        // an OpenAPI document, not just something for a $ref to point at
	bad    bool                        // does not parse: what points into it is not reported too
	unread error                       // why the system does not let it be read
	comps  map[section]map[string]view // what $refs ask for over and over
}

// read reads and parses one file. It never fails: what is wrong goes to faults.
func read(fsys fs.FS, name, prefix string, faults *sink) *file {
	f := &file{name: name, shown: prefix + name}
	data, err := source.Read(fsys, name)
	if err != nil {
		f.bad = true
		if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
			f.unread = pathErr.Err
		} else {
			faults.put(Fault{File: f.shown, What: "cannot read: " + err.Error()})
		}
		return f
	}
	node, flaw := source.Parse(data)
	if flaw != nil {
		f.bad = true
		faults.put(Fault{File: f.shown, Line: flaw.Line, Col: flaw.Col, What: flaw.What, Mend: flaw.Mend})
		return f
	}
	f.root = view{f, node}
	if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
		f.root.n = node.Content[0]
	}
	(&tidy{f: f, faults: faults}).node(f.root.n, 0)
	fileName(f, faults)
	f.doc = f.root.has("openapi")
	f.index()
	if key := firstKey(f.root, "paths", "webhooks", "components"); !f.doc && key.ok() {
		faults.at(key, fmt.Sprintf("%s without an openapi key, so this is no OpenAPI document", key.text()), `write "openapi: 3.1.0" at the top`)
	}
	return f
}

// index makes components quick to find.
func (f *file) index() {
	f.comps = map[section]map[string]view{}
	for kind, group := range f.root.get("components").entries() {
		names := make(map[string]view, group.size())
		for k, v := range group.entries() {
			names[k.text()] = v
		}
		f.comps[section(kind.text())] = names
	}
}

func firstKey(v view, keys ...string) view {
	for _, key := range keys {
		if k := v.key(key); k.ok() {
			return k
		}
	}
	return view{f: v.f}
}
