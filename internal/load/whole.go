package load

import (
	"cmp"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/layer"
	"github.com/wxgen/wxgen/internal/source"
)

// Whole is a description with its layers, as files of one folder. Files that no layer changes keep
// their text.
type Whole struct {
	Texts  map[string][]byte
	Roots  map[string]*yaml.Node           // the texts, parsed; not to be changed
	shown  map[string]string               // the name of each file in messages
	places map[string]map[spot]source.Node // places in the files that layers change
}

type spot struct{ line, col int }

// Origin returns the origin of a place in a file: the file of the layer, as in messages, with line
// and column.
func (w *Whole) Origin(name string, line, col int) (file string, atLine, atCol int) {
	if at, ok := w.places[name][spot{line, col}]; ok {
		return at.File.Shown, at.YAML.Line, at.YAML.Column
	}
	return cmp.Or(w.shown[name], name), line, col
}

// At is the origin as one text: "spec/v3/pay.yaml:12:5".
func (w *Whole) At(name string, line, col int) string {
	file, line, col := w.Origin(name, line, col)
	return fmt.Sprintf("%s:%d:%d", file, line, col)
}

// Merged reads a description with its layers.
func Merged(fsys fs.FS, opts Options) (*Whole, error) {
	found, err := find(fsys, opts)
	if err != nil {
		return nil, err
	}
	faults := new(source.Sink)
	files, err := readAll(fsys, found, opts, newSelection(opts), faults, new(steps))
	if err != nil {
		return nil, err
	}
	if all := faults.Sorted(); len(all) > 0 {
		return nil, all
	}
	return files.merged()
}

func (f *files) merged() (*Whole, error) {
	w := &Whole{Texts: map[string][]byte{}, Roots: map[string]*yaml.Node{},
		shown: map[string]string{}, places: map[string]map[spot]source.Node{}}
	for name, file := range f.set {
		if layer.IsOverlay(file.Root.YAML) {
			continue
		}
		w.shown[name] = file.Shown
		if f.layers == nil || !f.layers.Changed(name) {
			w.Texts[name], w.Roots[name] = file.Text, file.Root.YAML
		} else if err := w.print(file); err != nil {
			return nil, fmt.Errorf("%s with its layers: %w", file.Shown, err)
		}
	}
	return w, nil
}

// print prints a file that layers change, and notes the origin of each node.
func (w *Whole) print(f *source.File) error {
	text, err := yaml.Dump(f.Root.YAML, yaml.WithIndent(2), yaml.WithLineWidth(-1))
	if err != nil {
		return err
	}
	printed, flaw := source.Parse(text)
	if flaw != nil {
		return fmt.Errorf("%d:%d: %s", flaw.Line, flaw.Col, flaw.What)
	}
	w.Texts[f.Name], w.Roots[f.Name] = text, printed.Content[0]
	w.places[f.Name] = map[spot]source.Node{}
	w.note(w.places[f.Name], f.Root, printed.Content[0])
	return nil
}

// note walks a node and its printed form side by side.
func (w *Whole) note(places map[spot]source.Node, was source.Node, is *yaml.Node) {
	places[spot{is.Line, is.Column}] = was
	for i, child := range was.Children() {
		if i >= len(is.Content) {
			return
		}
		w.note(places, child, is.Content[i])
		if at := lengthened(child); at.OK() && was.IsMap() {
			key := is.Content[i-1]
			places[spot{key.Line, key.Column}] = at
		}
	}
}

// lengthened is the first item of a list that another layer added, if there is one.
func lengthened(list source.Node) source.Node {
	for _, item := range list.Items() {
		if item.File != list.File {
			return item
		}
	}
	return source.Node{}
}
