package load

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// maxFile bounds a file of the description. The largest of WeChat Pay's own has some 300 KB.
const maxFile = 16 << 20

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

// find lists the YAML files below a folder. Names that start with a dot are passed over, as tools expect.
func find(fsys fs.FS) ([]string, error) {
	var found []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name != "." && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if ext := path.Ext(name); !d.IsDir() && (ext == ".yaml" || ext == ".yml") {
			found = append(found, name)
		}
		return nil
	})
	slices.Sort(found)
	return found, err
}

// read reads and parses one file. It never fails: what is wrong goes to faults.
func read(fsys fs.FS, name, prefix string, faults *sink) *file {
	f := &file{name: name, shown: prefix + name}
	data, err := readAll(fsys, name)
	if err != nil {
		f.bad = true
		if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
			f.unread = pathErr.Err
		} else {
			faults.put(Fault{File: f.shown, What: "cannot read: " + err.Error()})
		}
		return f
	}
	var node yaml.Node
	if err := yaml.Load(data, &node); err != nil {
		f.bad = true
		faults.put(syntaxFault(f, err))
		return f
	}
	f.root = view{f, &node}
	if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
		f.root.n = node.Content[0]
	}
	(&tidy{f: f, faults: faults}).node(f.root.n, 0)
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

// readAll reads a regular file of bounded size. A pipe would never end.
func readAll(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("larger than %d MiB; split it", maxFile>>20)
	}
	return data, nil
}

func syntaxFault(f *file, err error) Fault {
	if strings.HasSuffix(err.Error(), "no documents in stream") {
		return Fault{File: f.shown, What: "an empty file", Mend: "remove it"}
	}
	fault := Fault{File: f.shown, Line: 1, Col: 1, What: "not YAML: " + err.Error(), Mend: "look for indentation, quotes and brackets, there and above"}
	if load, ok := errors.AsType[*yaml.LoadError](err); ok {
		fault.What = "not YAML: " + strings.TrimPrefix(load.Message, "yaml: ")
		if load.Mark.Line > 0 {
			fault.Line, fault.Col = load.Mark.Line, max(load.Mark.Column, 1)
		}
	}
	return fault
}
