package diff

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/layout"
)

// exchange holds requests and replies by path. A notification counts as a reply of a path of its
// own, since the merchant receives it: additions to it break nobody.
type exchange struct {
	side       Side
	items      map[string]*yaml.Node
	components map[string]*yaml.Node // by $ref
	texts      map[string]string     // of components
	notified   map[string]*yaml.Node // notifications, by their paths here
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

// at is the place of a path or notification; "" if there is none.
func (x *exchange) at(path string) string {
	for _, of := range []map[string]*yaml.Node{x.items, x.notified} {
		if place := x.side.Doc.Place(of[path]); place != "" {
			return place
		}
		for _, op := range layout.Pairs(of[path]) { // the first operation stands for it
			if place := x.side.Doc.Place(op); place != "" {
				return place
			}
		}
	}
	return ""
}

// unwrap replaces the JSON inside a string by its schema: callers see its fields.
func unwrap(n *yaml.Node) {
	if content := layout.Get(n, "contentSchema"); content != nil &&
		layout.Get(n, "contentMediaType") != nil {
		n.Content = content.Content
	}
	for _, c := range n.Content {
		unwrap(c)
	}
}

// reply makes the reply of an operation out of a notification.
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

// differing are the paths that differ between the two, with all that they refer to.
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

// text spells a node and all that it refers to, for comparison.
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

// closure lists the components that a node refers to, directly or through others, in order.
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

// where names an operation or a notification.
func where(method, path string) string {
	if event, ok := strings.CutPrefix(path, events); ok {
		return event
	}
	return strings.TrimSpace(method + " " + path)
}
