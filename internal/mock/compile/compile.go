package compile

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/rawspec"
)

// version changes when equal descriptions compile to other files.
const version = "1"

// Fingerprint is the fingerprint of all YAML files of a description. It ignores line endings.
func Fingerprint(fsys fs.FS) (string, error) {
	hash := sha256.New()
	hash.Write([]byte(version))
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(hash, "%s\x00%s\x00", name,
			bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
		return nil
	})
	return hex.EncodeToString(hash.Sum(nil)[:8]), err
}

// Files compiles a description: name to content. The description must pass lint.
func Files(fsys fs.FS) (map[string][]byte, error) {
	print, err := Fingerprint(fsys)
	if err != nil {
		return nil, err
	}
	doc, err := rawspec.Read(fsys)
	if err != nil {
		return nil, err
	}
	ops, err := doc.Operations()
	if err != nil {
		return nil, err
	}
	docs, index := map[string]*builder{}, &strings.Builder{}
	fmt.Fprintln(index, print)
	for _, name := range slices.Sorted(maps.Keys(ops)) {
		if err := add(docs, index, ops[name]); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", ops[name].Pos(), name, err)
		}
	}
	files := map[string][]byte{desc.IndexFile: zip([]byte(index.String()))}
	for name, b := range docs {
		text, err := json.Marshal(b.doc)
		if err != nil {
			return nil, err
		}
		files[name] = zip(text)
	}
	return files, nil
}

// add compiles an operation or a notification. The second name of a doubled template has the same
// operation.
func add(docs map[string]*builder, index *strings.Builder, op *rawspec.Operation) error {
	if op.Alias != nil {
		return nil
	}
	name := desc.EventsFile
	if op.Path != "" {
		name = desc.ServiceFile(op.Service())
	}
	b := docs[name]
	if b == nil {
		b = &builder{doc: &desc.Doc{Schemas: []*desc.Schema{}}, known: map[string]int{}}
		docs[name] = b
	}
	if op.Path == "" {
		at, err := b.schema(op.Schema, 0)
		b.doc.Events = append(b.doc.Events,
			&desc.Event{Name: op.Name, Title: op.At("summary").Text(), ResourceAt: at})
		return err
	}
	compiled, err := b.operation(op)
	if err != nil {
		return err
	}
	b.doc.Operations = append(b.doc.Operations, compiled)
	_, prefix, _ := strings.Cut(strings.TrimPrefix(op.Server(), "https://"), "/")
	if prefix != "" {
		prefix = "/" + prefix
	}
	fmt.Fprintln(index,
		strings.Join([]string{compiled.Method, compiled.Path, compiled.Service, compiled.ID,
			compiled.Title, prefix}, "\t"))
	return nil
}

// zip packs a text. Its header has no name and no time, so that equal content gives equal bytes.
func zip(text []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is valid
	_, _ = w.Write(text)                                  // a Buffer never fails
	_ = w.Close()
	return b.Bytes()
}
