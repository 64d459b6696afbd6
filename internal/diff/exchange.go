package diff

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/layout"
)

// exchange is what is sent and received, by path. A notification is a reply under a path of its
// own, since it is received: what is new in it breaks nobody.
type exchange struct {
	side       Side
	items      map[string]*yaml.Node
	components map[string]*yaml.Node // by $ref
	texts      map[string]string     // of components
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
			return place
		}
		for _, op := range layout.Pairs(of[path]) { // a path stands where its first operation does
			if place := x.side.Doc.Place(op); place != "" {
				return place
			}
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

// resolved follows the $refs of a node.
func (x *exchange) resolved(n *yaml.Node) *yaml.Node {
	for range 100 {
		ref := layout.Text(layout.Get(n, "$ref"))
		if ref == "" {
			break
		}
		n = x.components[ref]
	}
	return n
}

// differing are the paths that are not the same in both, whatever they refer to included.
func (x *exchange) differing(y *exchange) []string {
	var keep []string
	for path, item := range x.items {
		if other := y.items[path]; other == nil || x.text(item) != y.text(other) {
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

// text spells a node and all that it refers to, so that two can be compared.
func (x *exchange) text(n *yaml.Node) string {
	var b strings.Builder
	write(&b, n)
	for _, ref := range x.closure(n) {
		if x.texts[ref] == "" {
			var c strings.Builder
			write(&c, x.components[ref])
			x.texts[ref] = c.String()
		}
		b.WriteString(ref + x.texts[ref])
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

// where names an operation, or the notification that one stands for.
func where(method, path string) string {
	if event, ok := strings.CutPrefix(path, events); ok {
		return event
	}
	return strings.TrimSpace(method + " " + path)
}
