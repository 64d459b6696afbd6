package merge

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/route"
)

// doc is one file of a description.
type doc struct {
	name    string // "v3/payroll-card.yaml"
	src     []byte
	tree    *yaml.Node
	remarks []layout.Comment // comments that the written file must have
	changed bool
}

func (d *doc) root() *yaml.Node { return d.tree.Content[0] }

// docs are the files of a description.
type docs map[string]*doc

// readDocs parses every file that is a description. It returns a fault for each that does not
// parse.
func readDocs(files map[string][]byte) (docs, fault.List) {
	all := docs{}
	var faults fault.List
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !layout.IsDescription(files[name]) {
			continue
		}
		tree, comments, err := layout.Parse(layout.UnixLines(files[name]))
		if err != nil {
			faults = append(faults, layout.Located(name, err))
			continue
		}
		all[name] = &doc{name: name, src: files[name], tree: tree, remarks: comments}
	}
	return all, faults
}

// answered removes a comment with an answered question.
func (d *doc) answered(comment *string) {
	d.remarks = layout.Without(d.remarks, []layout.Comment{{Text: *comment}})
	*comment = ""
	d.changed = true
}

// layout is the text of a changed file. Comments of the merge have no position yet.
func (d *doc) layout() ([]byte, error) {
	comments := slices.Clone(d.remarks)
	for _, r := range layout.Attached(d.tree, nil) {
		if r.Line == 0 {
			comments = append(comments, r)
		}
	}
	text, err := layout.Canonical(d.tree, comments, layout.UnixLines(d.src))
	return layout.WithEndings(d.src, text), err
}

// get returns the file of that name, or a new one.
func (ds docs) get(name, title string, servers bool) *doc {
	if d, ok := ds[name]; ok {
		return d
	}
	root := layout.Object("openapi", "3.1.0", "info", layout.Object("title", title, "version", "3"))
	if servers {
		layout.Put(root, "servers", layout.List(layout.Object("url", route.Home)))
	}
	d := &doc{name: name, tree: &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{root}},
		changed: true}
	ds[name] = d
	return d
}

// resolve follows $refs, also into other files. It returns their target and its file.
func (ds docs) resolve(d *doc, n *yaml.Node) (*doc, *yaml.Node) {
	for range 32 { // a longer chain is a circle, which package load reports
		ref := layout.Text(layout.Key(n, "$ref"))
		if ref == "" {
			break
		}
		file, pointer, _ := strings.Cut(ref, "#")
		to := d
		if file != "" {
			to = ds[path.Join(path.Dir(d.name), file)]
		}
		if to == nil {
			break
		}
		target := to.root()
		for _, step := range strings.Split(strings.Trim(pointer, "/"), "/") {
			target = layout.Key(target, strings.NewReplacer("~1", "/", "~0", "~").Replace(step))
		}
		if target == nil {
			break
		}
		d, n = to, target
	}
	return d, n
}

// section returns the mapping under a key, and creates it if necessary.
func section(n *yaml.Node, key string) *yaml.Node {
	if s := layout.Key(n, key); s != nil && s.Kind == yaml.MappingNode {
		return s
	}
	s := layout.Object()
	set(n, key, s)
	return s
}

// set sets a key to a value, and replaces an old value.
func set(n *yaml.Node, key string, value *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content[i+1] = value
			return
		}
	}
	layout.Put(n, key, value)
}

// putAfter inserts a pair behind the key at the given index of the mapping; -1 puts it first.
func putAfter(n *yaml.Node, index int, key string, value *yaml.Node) {
	n.Content = slices.Insert(n.Content, 2*(index+1), layout.String(key), value)
}

// indexOf returns the index of the pair with a key in the mapping, -1 if there is none.
func indexOf(n *yaml.Node, key string) int {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return i / 2
		}
	}
	return -1
}

// putPath inserts a path behind the last one of those that share most segments with it.
func putPath(paths *yaml.Node, key string, item *yaml.Node) {
	want := strings.Split(key, "/")
	best, at := 3, len(paths.Content)/2-1 // all paths of a file share "", space and service
	for i := 0; i+1 < len(paths.Content); i += 2 {
		have := strings.Split(paths.Content[i].Value, "/")
		n := 0
		for n < len(have) && n < len(want) && have[n] == want[n] {
			n++
		}
		if n > best || n == best && best > 3 {
			best, at = n, i/2
		}
	}
	putAfter(paths, at, key, item)
}

var braces = regexp.MustCompile(`\{[^}]*\}`)

// template is a path without the names of its parameters.
func template(path string) string { return braces.ReplaceAllString(path, "{}") }

func paramNames(path string) []string {
	var names []string
	for _, s := range braces.FindAllString(path, -1) {
		names = append(names, strings.Trim(s, "{}"))
	}
	return names
}
