package bundle

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/route"
)

// Document makes the document. The files are those of a description without faults (path below its
// folder → root); the model says which parts to include. It fails if two things would have one
// name. Where returns the origin of a line of a file.
func Document(files map[string]*yaml.Node, api *model.API, where Where) (*Doc, error) {
	b := &bundler{
		where: where, files: files, parts: check.Dialect(), wanted: wantedOf(api),
		prefixes: map[string]string{},
		claims:   map[string]string{}, tags: map[string]bool{},
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

// file adds the wanted parts of a file.
func (b *bundler) file(name string, root *yaml.Node) {
	for key, item := range layout.Pairs(layout.Get(root, "paths")) {
		if !strings.HasPrefix(key.Value, "x-") {
			b.path(sourceFile{name, root}, key.Value, item)
		}
	}
	for key, item := range layout.Pairs(layout.Get(root, "webhooks")) {
		if id := b.wanted.events[key.Value]; id != "" {
			b.put(b.webhooks, sourceFile{name, root}, key,
				b.webhook(sourceFile{name, root}, id, key.Value, item))
		}
	}
}

// path adds the wanted operations of a path. Servers of the file, the path and the operation become
// those of the operation's path.
func (b *bundler) path(from sourceFile, path string, item *yaml.Node) {
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

// usual reports whether servers are those of the whole document.
func usual(servers *yaml.Node) bool {
	return len(servers.Content) == 1 &&
		strings.TrimSuffix(layout.Text(layout.Get(servers.Content[0], "url")), "/") == server
}

// operation copies an operation. Its id gets the service as prefix, and the operation gets a tag.
func (b *bundler) operation(from sourceFile, path string, op *yaml.Node) *yaml.Node {
	service := route.Service(path)
	out := b.object(from, "operation", op)
	id := prefix(service) + exported(layout.Text(layout.Get(op, "operationId")))
	b.claim("operationId", id, service+" "+path)
	layout.Get(out, "operationId").Value = id
	if body := layout.Get(out, "requestBody"); body != nil && layout.Get(body, "$ref") == nil {
		set(body, "required", layout.Bool(true)) // the runtime always sends a body
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
