package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/checker/localizations"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/layout"
)

// wireChanges compares what is sent and received.
func wireChanges(old, new Side) ([]Change, error) {
	was, is := newExchange(old), newExchange(new)
	keep := was.differing(is)
	if len(keep) == 0 {
		return nil, nil
	}
	changes := markChanges(was, is, keep)
	a, err := was.read(keep)
	if err != nil {
		return nil, err
	}
	b, err := is.read(keep)
	if err != nil {
		return nil, err
	}
	found, sources, err := diff.GetWithOperationsSourcesMap(diff.NewConfig(), a.info, b.info)
	if err != nil {
		return nil, fmt.Errorf("oasdiff: %w", err)
	}
	english := checker.NewLocalizer(localizations.LangEn)
	for _, c := range checker.CheckBackwardCompatibilityUntilLevel(
		checker.NewConfig(checker.GetAllChecks()), found, sources, checker.INFO) {
		class := classOf(c.GetId(), c.GetLevel())
		if class == ignored {
			continue
		}
		changes = append(changes, Change{
			Breaking: class == breaking, Side: Wire, Where: where(c.GetOperation(), c.GetPath()),
			What: cmp.Or(words[c.GetId()],
				strings.ReplaceAll(c.GetUncolorizedText(english), "`", "")),
			File: cmp.Or(placeOf(c, a, b), is.at(c.GetPath()), was.at(c.GetPath())),
		})
	}
	return changes, nil
}

// where names an operation, or the notification that one stands for.
func where(method, path string) string {
	if event, ok := strings.CutPrefix(path, events); ok {
		return event
	}
	return strings.TrimSpace(method + " " + path)
}

// exchange is what is sent and received, by path. A notification is a reply under a path of its
// own, since it is received: what is new in it breaks nobody.
type exchange struct {
	side       Side
	items      map[string]*yaml.Node
	components map[string]*yaml.Node // by $ref
	prints     map[string]string     // of components
	notified   map[string]*yaml.Node // notifications, by the path that they have here
}

const events = "/webhooks/"

func newExchange(side Side) *exchange {
	x := &exchange{side, map[string]*yaml.Node{}, map[string]*yaml.Node{}, map[string]string{},
		map[string]*yaml.Node{}}
	unwrap(side.Doc.Root)
	for path, item := range layout.Pairs(layout.Get(side.Doc.Root, "paths")) {
		x.items[path.Value] = item
	}
	for section, of := range layout.Pairs(layout.Get(side.Doc.Root, "components")) {
		for name, n := range layout.Pairs(of) {
			x.components["#/components/"+section.Value+"/"+name.Value] = n
		}
	}
	for event, item := range layout.Pairs(layout.Get(side.Doc.Root, "webhooks")) {
		x.items[events+event.Value], x.notified[events+event.Value] = x.reply(event.Value, item),
			item
	}
	return x
}

// at is the place of a path or notification, "" if it is not there.
func (x *exchange) at(path string) string {
	for _, of := range []map[string]*yaml.Node{x.items, x.notified} {
		if place := x.side.Doc.Place(of[path]); place != "" {
			return x.side.Prefix + place
		}
	}
	return ""
}

// unwrap takes the JSON in a string for what it holds: its fields are what callers see.
func unwrap(n *yaml.Node) {
	if content := layout.Get(n, "contentSchema"); content != nil &&
		layout.Get(n, "contentMediaType") != nil {
		n.Content = content.Content
	}
	for _, c := range n.Content {
		unwrap(c)
	}
}

// reply is a notification as the reply of an operation.
func (x *exchange) reply(event string, item *yaml.Node) *yaml.Node {
	envelope := x.components[layout.Text(layout.Get(item, "post", "requestBody", "content",
		"application/json", "schema", "$ref"))]
	resource := layout.Get(envelope, "properties", "resource", "properties", "decrypted", "$ref")
	return layout.Object("get",
		layout.Object("operationId", "On"+event, "responses", layout.Object("200", layout.Object(
			"description", "OK", "content",
			layout.Object("application/json",
				layout.Object("schema", layout.Object("$ref", layout.Text(resource))))))))
}

// differing are the paths that are not the same in both, whatever they refer to included.
func (x *exchange) differing(y *exchange) []string {
	var keep []string
	for path, item := range x.items {
		if other := y.items[path]; other == nil || x.print(item) != y.print(other) {
			keep = append(keep, path)
		}
	}
	for path := range y.items {
		if x.items[path] == nil {
			keep = append(keep, path)
		}
	}
	slices.Sort(keep)
	return keep
}

// print is the text of a node and of all that it refers to.
func (x *exchange) print(n *yaml.Node) string {
	var b strings.Builder
	write(&b, n)
	for _, ref := range x.closure(n) {
		if x.prints[ref] == "" {
			var c strings.Builder
			write(&c, x.components[ref])
			x.prints[ref] = c.String()
		}
		b.WriteString(ref + x.prints[ref])
	}
	return b.String()
}

func write(b *strings.Builder, n *yaml.Node) {
	if n == nil {
		return
	}
	fmt.Fprintf(b, "%d %s %q(", n.Kind, n.Tag, n.Value)
	for _, c := range n.Content {
		write(b, c)
	}
	b.WriteByte(')')
}

// closure are the components that a node refers to, and what these do, in order.
func (x *exchange) closure(n *yaml.Node) []string {
	seen := map[string]bool{}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if n == nil {
			return
		}
		if ref := layout.Text(layout.Get(n, "$ref")); x.components[ref] != nil && !seen[ref] {
			seen[ref] = true
			walk(x.components[ref])
		}
		for _, c := range n.Content {
			walk(c)
		}
	}
	walk(n)
	refs := make([]string, 0, len(seen))
	for ref := range seen {
		refs = append(refs, ref)
	}
	slices.Sort(refs)
	return refs
}

// document is an exchange as oasdiff reads it.
type document struct {
	info   *load.SpecInfo
	places []string // by line
	prefix string
}

// read makes a document of some of the paths.
func (x *exchange) read(keep []string) (*document, error) {
	paths, components := layout.Object(), map[string]*yaml.Node{}
	for _, path := range keep {
		item := x.items[path]
		if item == nil {
			continue
		}
		layout.Put(paths, path, item)
		for _, ref := range x.closure(item) {
			components[ref] = x.components[ref]
		}
	}
	root := layout.Object("openapi", "3.1.0", "info",
		layout.Object("title", "wxgen", "version", "3"))
	layout.Put(root, "paths", paths)
	layout.Put(root, "components", sections(components))
	doc := *x.side.Doc
	doc.Root = root
	text, places := doc.Lines()
	loader := openapi3.NewLoader()
	loader.IncludeOrigin = true
	spec, err := loader.LoadFromData(text)
	if err != nil {
		return nil, fmt.Errorf("kin-openapi: %w", err)
	}
	return &document{&load.SpecInfo{Url: x.side.Prefix, Spec: spec}, places, x.side.Prefix}, nil
}

// sections sorts components by where their $refs say they are.
func sections(components map[string]*yaml.Node) *yaml.Node {
	out := layout.Object()
	refs := make([]string, 0, len(components))
	for ref := range components {
		refs = append(refs, ref)
	}
	slices.Sort(refs)
	for _, ref := range refs {
		section, name, _ := strings.Cut(strings.TrimPrefix(ref, "#/components/"), "/")
		if layout.Get(out, section) == nil {
			layout.Put(out, section, layout.Object())
		}
		layout.Put(layout.Get(out, section), name, components[ref])
	}
	return out
}

// placeOf is where a change stands in the description.
func placeOf(c checker.Change, old, new *document) string {
	if s := c.GetRevisionSource(); s != nil {
		return new.place(s.Line)
	}
	if s := c.GetBaseSource(); s != nil {
		return old.place(s.Line)
	}
	return ""
}

func (d *document) place(line int) string {
	if line < 1 || line > len(d.places) || d.places[line-1] == "" {
		return ""
	}
	return d.prefix + d.places[line-1]
}
