package source

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/fault"
)

// Open reads and parses one file. It always returns a file, and adds faults to faults.
func Open(fsys fs.FS, name, prefix string, faults *Sink) *File {
	f := &File{Name: name, Shown: prefix + name}
	data, err := Read(fsys, name)
	if err != nil {
		f.Broken = true
		if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
			f.Unreadable = pathErr.Err
		} else {
			faults.Put(fault.Fault{File: f.Shown, What: "cannot read: " + err.Error()})
		}
		return f
	}
	f.Text = data
	node, flaw := Parse(data)
	if flaw != nil {
		f.Broken = true
		faults.Put(fault.Fault{File: f.Shown, Line: flaw.Line, Col: flaw.Col, What: flaw.What,
			Mend: flaw.Mend})
		return f
	}
	faults.asked(f.openQuestions(data, node))
	f.Root = Node{f, node}
	if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
		f.Root.YAML = node.Content[0]
	}
	(&pruner{f: f, faults: faults}).node(f.Root.YAML, 0)
	fileName(f, faults)
	f.Document = f.Root.Has("openapi")
	f.Index()
	if key := firstKey(f.Root, "paths", "webhooks", "components"); !f.Document && key.OK() {
		faults.At(key, fmt.Sprintf("%s without an openapi key, so this is no OpenAPI document",
			key.Text()), `write "openapi: 3.1.0" at the top`)
	}
	return f
}

// Index indexes the components by name.
func (f *File) Index() {
	f.components = map[Section]map[string]Node{}
	for kind, group := range f.Root.Get("components").Entries() {
		names := make(map[string]Node, group.Size())
		for k, v := range group.Entries() {
			names[k.Text()] = v
		}
		f.components[Section(kind.Text())] = names
	}
}

func firstKey(v Node, keys ...string) Node {
	for _, key := range keys {
		if k := v.Key(key); k.OK() {
			return k
		}
	}
	return Node{File: v.File}
}

// fileName refuses a file whose name cannot be in generated code.
func fileName(f *File, faults *Sink) {
	if r := badName(f.Name); r != "" {
		faults.Put(fault.Fault{File: f.Shown, What: fmt.Sprintf("the name of the file holds %q", r),
			Mend: "call it something of letters, digits and hyphens"})
	}
}

// badName returns the first character of a file's name that would end a line, a comment or a link,
// or that some system refuses; "" if there is none.
func badName(name string) string {
	i := strings.IndexFunc(name, func(r rune) bool {
		return Hidden(r) || strings.ContainsRune("\t\r\n<>:\"|?*\\`\u2028\u2029", r)
	})
	if i < 0 {
		return ""
	}
	return string([]rune(name[i:])[:1])
}

// Unread reports files that look like a description and are not read.
func Unread(fsys fs.FS, prefix string, faults *Sink) error {
	names, err := Others(fsys)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", cmp.Or(prefix, "the description"), err)
	}
	for _, name := range names {
		faults.Put(fault.Fault{File: prefix + name,
			What: "looks like a part of the description and is not read", Mend: "call it " +
				strings.TrimSuffix(path.Base(name), path.Ext(name)) +
				".yaml (JSON is YAML), or move it out of the description"})
	}
	return nil
}
