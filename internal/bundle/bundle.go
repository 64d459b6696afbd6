package bundle

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/route"
)

// Doc is a document, and where in the description its entries stand.
type Doc struct {
	Root   *yaml.Node
	places map[*yaml.Node]string // value of an entry → "v3/pay.yaml:12:5"
}

// Place is where the value of an entry stands in the description, "" if it stands nowhere.
func (d *Doc) Place(value *yaml.Node) string { return d.places[value] }

// Document returns the document. The files are those of a description without faults (path below
// its folder → root), and the model is what is wanted of them. The error is about names that would
// meet.
func Document(files map[string]*yaml.Node, api *model.API) (*Doc, error) {
	b := &bundler{
		files: files, parts: check.Dialect(), wanted: wantedOf(api), prefixes: map[string]string{},
		claims: map[string]string{}, tags: map[string]bool{},
		places: map[*yaml.Node]string{}, paths: layout.Object(), webhooks: layout.Object(),
		components: map[string]*yaml.Node{},
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if layout.Get(files[name], "openapi") == nil {
			continue // a part of others
		}
		b.file(name, files[name])
	}
	return &Doc{b.document(), b.places}, b.clash
}

// bundler makes one document.
type bundler struct {
	files    map[string]*yaml.Node
	parts    map[string]check.Part
	wanted   wanted
	prefixes map[string]string // of the names of a file's components
	claims   map[string]string // what has a name: section and name → file and pointer
	tags     map[string]bool
	clash    error // the first
	places   map[*yaml.Node]string

	paths, webhooks *yaml.Node
	components      map[string]*yaml.Node // by section
}

// wanted is what the document holds.
type wanted struct {
	operations map[string]bool   // "POST /v3/…"
	events     map[string]string // event type → its name in Go
	titles     map[string]string // of services
}

func wantedOf(api *model.API) wanted {
	w := wanted{map[string]bool{}, map[string]string{}, map[string]string{}}
	for _, s := range api.Services {
		w.titles[s.Name] = s.Title
		for _, o := range s.Operations() {
			w.operations[o.Verb+" "+o.Path] = true
		}
	}
	if api.Webhooks != nil {
		for _, e := range api.Webhooks.Events {
			w.events[e.Name] = e.Go
		}
	}
	return w
}

// file takes what is wanted of a file.
func (b *bundler) file(name string, root *yaml.Node) {
	for key, item := range layout.Pairs(layout.Get(root, "paths")) {
		if !strings.HasPrefix(key.Value, "x-") {
			b.path(at{name, root}, key.Value, item)
		}
	}
	for key, item := range layout.Pairs(layout.Get(root, "webhooks")) {
		if id := b.wanted.events[key.Value]; id != "" {
			b.put(b.webhooks, at{name, root}, key, b.webhook(at{name, root}, id, key.Value, item))
		}
	}
}

// put adds an entry that stands in the description.
func (b *bundler) put(to *yaml.Node, from at, key, value *yaml.Node) {
	layout.Put(to, key.Value, value)
	b.places[value] = fmt.Sprintf("%s:%d:%d", from.name, key.Line, key.Column)
}

// at is a file, for what is read from it.
type at struct {
	name string
	root *yaml.Node
}

// path takes the wanted operations of a path. Servers of the file, the path and the operation
// become those of the operation's path.
func (b *bundler) path(from at, path string, item *yaml.Node) {
	for next := layout.Text(layout.Get(item, "$ref")); next != ""; next =
		layout.Text(layout.Get(item, "$ref")) {
		from, item = b.follow(from, next)
	}
	out := layout.Get(b.paths, path)
	fresh := layout.Object()
	for key, value := range layout.Pairs(item) {
		method := strings.ToUpper(key.Value)
		if b.parts["path"].Keys[key.Value].Of != "operation" {
			if out == nil {
				b.put(fresh, from, key, b.value(from, "path", key.Value, value))
			}
			continue
		}
		if b.wanted.operations[method+" "+path] {
			b.put(fresh, from, key, b.operation(from, path, value))
		}
	}
	switch {
	case !slices.ContainsFunc(fresh.Content, func(n *yaml.Node) bool {
		return n.Kind == yaml.MappingNode && layout.Get(n, "operationId") != nil
	}):
	case out == nil:
		if servers := layout.Get(from.root, "servers"); servers != nil &&
			layout.Get(item, "servers") == nil && !usual(servers) {
			layout.Put(fresh, "servers", b.value(from, "path", "servers", servers))
		}
		layout.Put(b.paths, path, fresh)
	default:
		out.Content = append(out.Content, fresh.Content...)
	}
}

const server = "https://api.mch.weixin.qq.com"

// usual reports whether servers are those that the whole document has.
func usual(servers *yaml.Node) bool {
	return len(servers.Content) == 1 &&
		strings.TrimSuffix(layout.Text(layout.Get(servers.Content[0], "url")), "/") == server
}

// operation takes an operation: its id gets the service before it, and it has a tag.
func (b *bundler) operation(from at, path string, op *yaml.Node) *yaml.Node {
	service := route.Service(path)
	out := b.object(from, "operation", op)
	id := prefix(service) + exported(layout.Text(layout.Get(op, "operationId")))
	b.claim("operationId", id, service+" "+path)
	layout.Get(out, "operationId").Value = id
	if body := layout.Get(out, "requestBody"); body != nil && layout.Get(body, "$ref") == nil {
		set(body, "required", layout.Bool(true)) // a body is always sent
	}
	if len(layout.Texts(layout.Get(out, "tags"))) == 0 {
		title := b.wanted.titles[service]
		if title == "" {
			title = service
		}
		layout.Put(out, "tags", layout.Strings([]string{title}))
	}
	for _, tag := range layout.Texts(layout.Get(out, "tags")) {
		b.tags[tag] = true
	}
	if strings.HasPrefix(path, "/brand/") {
		layout.Put(out, "security", layout.List(layout.Object("brand", layout.List())))
	}
	return out
}

// claim notes who has a name; the first clash is the document's error.
func (b *bundler) claim(section, name, owner string) {
	// some languages have files of that name, and some systems no other letters
	key := section + " " + strings.ToLower(name)
	if other, taken := b.claims[key]; taken && other != owner && b.clash == nil {
		b.clash = fmt.Errorf("%s %s would be the name of %s and of %s; rename one of them in the "+
			"description", section, name, other, owner)
	}
	b.claims[key] = owner
}
