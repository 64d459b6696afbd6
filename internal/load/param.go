package load

import (
	"fmt"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/spell"
)

// parametersOf returns the parameters of a path and of an operation, in order. Those of the
// operation replace those of the path with the same location and name.
func (b *builder) parametersOf(c *call) []source.Target {
	var list []source.Target
	index := map[string]int{}
	for _, from := range []source.Node{c.entry.item, c.v} {
		own := map[string]bool{}
		for _, item := range from.Get("parameters").Items() {
			p := b.set.Follow(item, source.Parameters)
			key := p.Get("in").Text() + " " + p.Get("name").Text()
			if !p.IsMap() || !p.Has("name") {
				continue
			}
			if own[key] {
				b.faults.At(p.Get("name"), fmt.Sprintf("%v: parameter %s stands twice", c.label,
					p.Get("name").Text()), "remove one")
			}
			own[key] = true
			if i, ok := index[key]; ok {
				list[i] = p
				continue
			}
			index[key] = len(list)
			list = append(list, p)
		}
	}
	return list
}

// params makes the path parameters of the whole tree.
func (t *tree) params() {
	for _, c := range t.ops {
		declared := map[string]source.Target{}
		for _, p := range c.sends {
			if p.Get("in").Text() == "path" {
				declared[p.Get("name").Text()] = p
			}
		}
		for l := c.link; l != nil; l = l.parent {
			name, ok := route.Parameter(l.Segment)
			if !ok {
				continue
			}
			p, found := declared[name]
			if !found {
				t.b.faults.At(c.key, fmt.Sprintf("%v: path parameter %s is not described", c.label,
					name),
					fmt.Sprintf("write {name: %s, in: path, required: true, schema: {type: "+
						"string}} under parameters", name))
				continue
			}
			delete(declared, name)
			t.param(l, p.Node)
		}
		for _, name := range spell.SortedKeys(declared) {
			t.b.faults.At(declared[name].Get("name"),
				fmt.Sprintf("%v: path parameter %s is not in the path", c.label, source.Clip(name)),
				fmt.Sprintf("remove it, or write {%s} in the path", name))
		}
	}
	t.undeclared(t.root)
}

// undeclared names parameters without a declaration, so that naming can go on: those of a path
// without operations, or with a reported fault.
func (t *tree) undeclared(l *link) {
	if name, ok := route.Parameter(l.Segment); ok && l.param == nil {
		t.param(l, source.Node{File: l.at.File})
		if l.param == nil {
			l.param = &param{Param: &model.Param{Wire: name, Method: "By", Go: "value"}, at: l.at}
		}
	}
	for _, c := range l.links {
		t.undeclared(c)
	}
}

// param makes a link's parameter, or compares a further declaration with the first.
func (t *tree) param(l *link, v source.Node) {
	wire, _ := route.Parameter(l.Segment)
	s := t.b.set.Follow(v.Get("schema"), source.Schemas)
	p := &model.Param{Wire: wire, Doc: prose(v.Get("description")),
		Integer: source.TypeOf(s.Node) == "integer", Sensitive: s.Is("x-wxpay-sensitive"),
		Limits: limits(s.Node)}
	if p.Doc == "" {
		p.Doc = prose(s.Get("description"))
	}
	p.Doc = withValues(p.Doc, s.Node)
	at := v.Get("name")
	if !at.OK() {
		at = l.at
	}
	name := t.b.goName(v, "parameter "+wire, wire, at)
	if name == "" {
		return
	}
	p.Method = "By" + name
	p.Go, _ = names.Unexported(name)
	if l.param == nil {
		l.param = &param{p, at}
		return
	}
	t.agree(l.param, p, at)
}

// agree reports two declarations of one parameter that would give different Go.
func (t *tree) agree(first *param, p *model.Param, at source.Node) {
	differ := ""
	switch {
	case first.Method != p.Method:
		differ = "another x-go-name"
	case first.Integer != p.Integer:
		differ = "another type"
	case first.Sensitive != p.Sensitive:
		differ = "another x-wxpay-sensitive"
	}
	if differ != "" {
		t.b.faults.At(at, fmt.Sprintf("path parameter %s has %s here than at %s", p.Wire, differ,
			first.at.Place()),
			"they are one link of the chain: make them equal, or $ref one component")
	}
	if first.Doc == "" {
		first.Doc = p.Doc
	}
}
