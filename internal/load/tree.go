package load

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

func newTree(b *builder, g *serviceGroup) *tree {
	path := route.Root(g.name)
	root := &link{Node: &model.Node{Segment: g.segment(), Type: "Path", Path: path},
		at: g.entries[0].key}
	return &tree{b: b, root: root}
}

// add grows the tree by a path and its operations.
func (t *tree) add(e *entry) {
	l := t.root
	for _, segment := range e.segments {
		l = l.child(segment, e.key)
	}
	if own := e.item.Get("x-go-name"); own.OK() {
		if l.goName.OK() && l.goName.Text() != own.Text() {
			t.b.faults.At(own, fmt.Sprintf("path %s has the x-go-name %s at %s", e.path,
				l.goName.Text(), l.goName.Place()), "keep one of them")
		}
		l.goName = own
	}
	t.aliases(e, l)
	for _, verb := range route.Verbs {
		k, v := e.item.Entry(verb)
		if v.IsMap() && e.part.role(v) && !t.twice(l, verb, e, k) {
			c := &call{verb: verb, entry: e, key: k, v: v, link: l,
				label: "operation " + strings.ToUpper(verb) + " " + e.path}
			c.sends = t.b.parametersOf(c)
			l.calls = append(l.calls, c)
			t.ops = append(t.ops, c)
		}
	}
}

// twice reports an operation that another file describes, too.
func (t *tree) twice(l *link, verb string, e *entry, k source.Node) bool {
	for _, c := range l.calls {
		if c.verb == verb && c.entry.path == e.path {
			t.b.faults.At(k, fmt.Sprintf("%v is described at %s already", c.label, c.key.Place()),
				"keep one")
			return true
		}
	}
	return false
}

// aliases records the second names of a path's parameters.
func (t *tree) aliases(e *entry, l *link) {
	for k, list := range e.item.Get("x-wxpay-param-aliases").Entries() {
		at := l
		for at != nil && at.Segment != "{"+k.Text()+"}" {
			at = at.parent
		}
		if at == nil {
			t.b.faults.At(k,
				fmt.Sprintf("path %s: x-wxpay-param-aliases of %s, which is no parameter of "+
					"the path", e.path, source.Clip(k.Text())), "")
			continue
		}
		for _, alias := range list.Items() {
			if !slices.ContainsFunc(at.aliases, func(a source.Node) bool {
				return a.Text() == alias.Text()
			}) {
				at.aliases = append(at.aliases, alias)
			}
		}
	}
}

// nameLinks names all links, parents first, and returns the root.
func (t *tree) nameLinks() *model.Node {
	t.params()
	t.link(t.root)
	return t.root.Node
}

func (t *tree) link(l *link) {
	slices.SortFunc(l.links, func(x, y *link) int { return strings.Compare(x.Segment, y.Segment) })
	methods := newScope(t.b.faults)
	for _, c := range l.calls {
		t.verb(c, methods)
	}
	for _, c := range l.links {
		t.step(l, c, methods)
	}
	for _, c := range l.links {
		t.link(c)
		l.Children = append(l.Children, c.Node)
	}
}

// verb makes the operation of a call, all but its types.
func (t *tree) verb(c *call, methods *scope) {
	name := strings.ToUpper(c.verb[:1]) + c.verb[1:]
	if own := c.v.Get("x-go-name"); own.OK() {
		name = own.Text()
	}
	c.model = &model.Operation{
		Verb: strings.ToUpper(c.verb), Method: name, Path: c.entry.path, Node: c.link.Node,
		Pos: c.key.Local(),
	}
	if methods.add(name, c.label, c.key) {
		c.link.Operations = append(c.link.Operations, c.model)
	}
}

// step names a link and its parent's method.
func (t *tree) step(parent, l *link, methods *scope) {
	what, name := "path "+l.Path, ""
	if l.param != nil {
		if l.goName.OK() {
			t.b.faults.At(l.goName, what+": x-go-name on a path that ends with a parameter",
				"write it on the parameter")
		}
		name = l.param.Method
		t.distinct(parent, l)
		l.Params = append(slices.Clone(parent.Params), l.param.Param)
		l.Param = l.param.Param
	} else {
		l.Params = parent.Params
		name = t.segment(l)
	}
	if name == "" {
		return
	}
	l.Method = name
	at := l.at
	if l.goName.OK() {
		at = l.goName
	}
	l.Type = strings.TrimSuffix(parent.Type, "Path") + name + "Path"
	if methods.add(name, what, at) {
		t.b.pkg.add(l.Type, what, at)
	}
	for _, alias := range l.aliases {
		t.alias(l, alias, methods)
	}
}

// distinct refuses a parameter with the Go name of an earlier one: both are fields of the link.
func (t *tree) distinct(parent, l *link) {
	for above := parent; above != nil; above = above.parent {
		if above.param != nil && above.param.Go == l.param.Go {
			t.b.faults.At(l.param.at,
				fmt.Sprintf("path parameter %s is called %s in Go, and so is path parameter "+
					"%s at %s",
					l.param.Wire, l.param.Go, above.param.Wire, above.param.at.Place()),
				"give one of them an x-go-name")
		}
	}
}

func (t *tree) segment(l *link) string {
	if l.goName.OK() {
		return l.goName.Text()
	}
	name, err := names.Exported(l.Segment)
	if err != nil {
		t.b.faults.At(l.at, fmt.Sprintf("path %s: %v", l.Path, err),
			"describe that path with an x-go-name")
		return ""
	}
	return name
}

// alias makes the By… method for a parameter's second name.
func (t *tree) alias(l *link, alias source.Node, methods *scope) {
	if l.param == nil {
		return
	}
	p := *l.param.Param
	p.Wire = alias.Text()
	exported, err := names.Exported(p.Wire)
	if err != nil {
		return
	}
	p.Method, p.Doc = "By"+exported, l.param.Doc
	if p.Go, err = names.Unexported(p.Wire); err != nil {
		return
	}
	if methods.add(p.Method, fmt.Sprintf("alias %s of path %s", p.Wire, l.Path), alias) {
		l.Aliases = append(l.Aliases, &p)
	}
}
