package merge

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/page"
)

// The merge reports parts that a page no longer has. It removes them only with --prune. It ignores
// copies without marks, which show too little, and objects whose fields the page does not list.

// gone reports or removes a part that the page no longer has.
func (c *comparer) gone(d *doc, n *yaml.Node, line int, what string, remove func()) {
	switch {
	case c.op.page.PlainText || d.src == nil || c.known(what+" is not on the page any more"):
	case c.Prune && remove != nil:
		remove()
		d.changed = true
		c.report.Removed++
	case c.Prune:
		c.disagree(d, n, line, what+" is not on the page any more",
			"others use it, too: edit the description")
	default:
		c.disagree(d, n, line, what+" is not on the page any more",
			"take it out, by hand or with --prune, or keep it with --accept")
	}
}

// lostFields looks for fields that the page no longer has. It removes none from a shared component,
// since others use it.
func (c *comparer) lostFields(d *doc, n *yaml.Node, want *draft.Schema, at []string) {
	if want.Partial {
		return
	}
	props := layout.Key(n, "properties")
	for _, key := range keysOf(props) { // a copy: removing changes the keys
		if hasProperty(want, key.Value) || c.op.page.Event == "" && len(at) == 0 &&
			want == c.op.form {
			continue
		}
		name := strings.Join(append(slices.Clip(at), key.Value), ".")
		var remove func()
		if !c.isShared(n) {
			remove = func() { removeField(n, key.Value) }
		}
		c.gone(d, key, want.Line, name, remove)
	}
}

// isShared reports whether a schema is in a component with more than one use.
func (m *merger) isShared(n *yaml.Node) bool {
	if m.shared == nil {
		m.shared = m.sharedNodes()
	}
	return m.shared[n]
}

// sharedNodes are the nodes with more than one $ref to them, and all below them, through further
// $refs, too.
func (m *merger) sharedNodes() map[*yaml.Node]bool {
	uses := map[*yaml.Node]int{}
	for _, d := range m.docs {
		m.countUses(d, d.root(), uses)
	}
	shared := map[*yaml.Node]bool{}
	for _, d := range m.docs {
		for _, section := range layout.Pairs(layout.Get(d.root(), "components")) {
			for _, n := range layout.Pairs(section) {
				if uses[n] > 1 {
					m.share(d, n, shared)
				}
			}
		}
	}
	return shared
}

func (m *merger) countUses(d *doc, n *yaml.Node, uses map[*yaml.Node]int) {
	if layout.Key(n, "$ref") != nil {
		if _, target := m.docs.resolve(d, n); target != n {
			uses[target]++
		}
	}
	for _, c := range n.Content {
		m.countUses(d, c, uses)
	}
}

func (m *merger) share(d *doc, n *yaml.Node, shared map[*yaml.Node]bool) {
	if shared[n] {
		return
	}
	shared[n] = true
	if layout.Key(n, "$ref") != nil {
		if to, target := m.docs.resolve(d, n); target != n {
			m.share(to, target, shared)
		}
	}
	for _, c := range n.Content {
		m.share(d, c, shared)
	}
}

func hasProperty(s *draft.Schema, name string) bool {
	return slices.ContainsFunc(s.Props, func(p *draft.Property) bool { return p.Name == name })
}

// removeField removes a field from an object.
func removeField(n *yaml.Node, name string) {
	removeKey(layout.Key(n, "properties"), name)
	required := layout.Key(n, "required")
	if required == nil {
		return
	}
	required.Content = slices.DeleteFunc(required.Content, func(item *yaml.Node) bool {
		return item.Value == name
	})
	if len(required.Content) == 0 {
		removeKey(n, "required")
	}
}

func keysOf(n *yaml.Node) (keys []*yaml.Node) {
	for key := range layout.Pairs(n) {
		keys = append(keys, key)
	}
	return keys
}

func removeKey(n *yaml.Node, key string) {
	if i := indexOf(n, key); i >= 0 {
		n.Content = slices.Delete(n.Content, 2*i, 2*i+2)
	}
}

// lostValues looks for enum values that the page no longer has.
func (c *comparer) lostValues(d *doc, n *yaml.Node, want *draft.Schema, name string) {
	for _, value := range layout.Texts(layout.Key(n, "enum")) {
		if slices.ContainsFunc(want.Enum, func(v page.EnumValue) bool {
			return strings.EqualFold(v.Value, value)
		}) {
			continue
		}
		var remove func()
		if !c.isShared(n) {
			remove = func() { removeValue(n, value) }
		}
		c.gone(d, layout.Key(n, "enum"), want.Line, "the value "+value+" of "+name, remove)
	}
}

// removeValue removes a value from an enumeration, with its label and its name.
func removeValue(n *yaml.Node, value string) {
	at := slices.Index(layout.Texts(layout.Key(n, "enum")), value)
	for _, key := range []string{"enum", "x-enum-descriptions", "x-enum-varnames"} {
		if list := layout.Key(n, key); list != nil && at >= 0 && at < len(list.Content) {
			list.Content = slices.Delete(list.Content, at, at+1)
		}
	}
}

// lostParameters looks for query and header parameters that the page no longer has.
func (c *comparer) lostParameters(here *item, n *yaml.Node) {
	list := layout.Key(n, "parameters")
	if list == nil {
		return
	}
	for _, item := range slices.Clone(list.Content) {
		_, p := c.docs.resolve(here.doc, layout.Follow(item))
		name, in := layout.Text(layout.Key(p, "name")), layout.Text(layout.Key(p, "in"))
		if in == "path" || slices.ContainsFunc(c.op.params, func(q *param) bool {
			return q.Name == name
		}) {
			continue
		}
		remove := func() {
			list.Content = slices.DeleteFunc(list.Content, func(other *yaml.Node) bool {
				return other == item
			})
			if len(list.Content) == 0 {
				removeKey(n, "parameters")
			}
		}
		c.gone(here.doc, item, c.op.Line, "the parameter "+name, remove)
	}
}

// lostOperations looks for operations of a path that the page no longer has. An official page has
// one operation only.
func (m *merger) lostOperations(here *item, op *operation) {
	if !op.page.Whole || op.Operation != op.page.Operations[0] {
		return
	}
	for _, key := range keysOf(here.node) {
		method := strings.ToUpper(key.Value)
		if !slices.Contains([]string{"GET", "POST", "PUT", "PATCH", "DELETE"}, method) {
			continue
		}
		if slices.ContainsFunc(op.page.Operations, func(o *page.Operation) bool {
			return o.Method == method
		}) {
			continue
		}
		c := &comparer{merger: m, op: op}
		c.gone(here.doc, key, op.Line, method+" "+here.path, func() {
			removeKey(here.node, key.Value)
		})
	}
}

// title compares the title of an operation.
func (c *comparer) title(d *doc, n *yaml.Node) {
	have := layout.Key(n, "summary")
	if have != nil && c.op.Title != "" && plainWords(have.Value) != plainWords(c.op.Title) {
		c.calls(d, have, c.op.Line, fmt.Sprintf("the title is %s, but %s on the page", have.Value,
			c.op.Title))
	}
}

// label compares the label of a field.
func (c *comparer) label(d *doc, use, n *yaml.Node, want *draft.Schema, name string) {
	have := layout.Key(use, "description")
	if have == nil {
		have = layout.Key(n, "description")
	}
	if have == nil || want.Label == "" || c.op.page.PlainText ||
		plainWords(have.Value) == plainWords(want.Label) {
		return
	}
	c.calls(d, have, want.Line, fmt.Sprintf("%s is called %s, but %s on the page", name, have.Value,
		want.Label))
}

// plainWords is a text without differences in blanks, case and the width of punctuation.
func plainWords(s string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "（", "(", "）", ")", "，", ",", "：", ":", "、",
		",").Replace(s))
}

// limits compares the largest length, if both have one.
func (c *comparer) limits(d *doc, n *yaml.Node, want *draft.Schema, name string) {
	have, _ := strconv.Atoi(layout.Text(layout.Key(n, "maxLength")))
	if have > 0 && want.Limits.MaxLength > 0 && have != want.Limits.MaxLength {
		c.contradict(d, n, want.Line, fmt.Sprintf("%s has at most %d characters", name, have),
			strconv.Itoa(want.Limits.MaxLength))
	}
}
