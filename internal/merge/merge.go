package merge

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/naming"
	"github.com/wxgen/wxgen/internal/page"
)

// Merge adds the pages to the files of a description (path below its folder → text) and returns the
// changed files, whole. It keeps what people wrote: names, descriptions, extensions, order. It adds
// new operations, fields and enum values. Where page and description disagree, the description wins
// and the report says so. A page that the description covers changes nothing.
func Merge(files map[string][]byte, pages []*page.Page) (map[string][]byte, Report) {
	return With(files, pages, Options{})
}

// With is Merge with options.
func With(files map[string][]byte, pages []*page.Page, opts Options) (map[string][]byte, Report) {
	docs, broken := readDocs(files)
	if len(broken) > 0 {
		return nil, Report{Faults: broken}
	}
	m := &merger{Options: opts, docs: docs, existing: map[string]*item{}, units: map[string]*unit{},
		added: map[addKey]*draft.Schema{}}
	m.index()
	m.compare(pages)
	for _, u := range m.unitsInOrder() {
		u.nameOperations()
		m.insert(u)
	}
	out := m.render()
	m.report.Faults = fault.InOrder(m.report.Faults)
	slices.SortFunc(m.report.Contradictions, func(a, b *Contradiction) int {
		return fault.Compare(a.Fault, b.Fault)
	})
	return out, m.report
}

func (m *merger) index() {
	for _, name := range slices.Sorted(maps.Keys(m.docs)) {
		d := m.docs[name]
		for key, node := range layout.Pairs(layout.Get(d.root(), "paths")) {
			m.existing[template(key.Value)] = &item{d, key.Value, node}
			u := m.unit(key.Value)
			for method, op := range layout.Pairs(node) {
				if id := layout.Text(layout.Key(op, "operationId")); id != "" {
					u.ids[naming.Exported(id)] = naming.Propose(strings.ToUpper(method.Value),
						key.Value, false, false)
				}
			}
			u.reserve(d)
		}
		for key, node := range layout.Pairs(layout.Get(d.root(), "webhooks")) {
			m.existing[key.Value] = &item{d, key.Value, node}
			m.unit("").reserve(d)
		}
	}
}

// compare sorts the operations of the pages into new and known ones. Known ones may lack some
// parts.
func (m *merger) compare(pages []*page.Page) {
	pages = slices.Clone(pages)
	slices.SortStableFunc(pages, func(a, b *page.Page) int {
		return cmp.Or(slices.Compare(strings.Split(a.Path, "/"), strings.Split(b.Path, "/")),
			cmp.Compare(a.Event, b.Event), copiesLast(a, b))
	})
	seen := map[string]*operation{}
	fresh := map[string]*operation{} // by method and template
	for _, p := range pages {
		for _, o := range p.Operations {
			op := newOperation(p, o)
			key := o.Method + " " + p.Path + p.Event
			if other := seen[key]; other != nil && p.PlainText && !other.page.PlainText {
				continue // a copy with fewer facts
			} else if other != nil {
				m.fault(p.File, o.Line, 0,
					fmt.Sprintf("%s is on %s:%d already", strings.TrimPrefix(key, "POST "+p.Event),
						other.page.File, other.Line),
					"keep one of the two pages")
				continue
			}
			seen[key] = op
			m.compareOne(op, fresh)
		}
	}
}

// copiesLast orders a copy without marks behind a page with marks.
func copiesLast(a, b *page.Page) int {
	switch {
	case a.PlainText == b.PlainText:
		return 0
	case a.PlainText:
		return 1
	}
	return -1
}

func (m *merger) compareOne(op *operation, fresh map[string]*operation) {
	u := m.unit(op.path)
	if op.page.Event != "" {
		if here := m.existing[op.page.Event]; here != nil {
			m.compareWebhook(u, here, op)
			return
		}
		u.fresh = append(u.fresh, op)
		return
	}
	op.complete()
	key := op.Method + " " + template(op.path)
	if other := fresh[key]; other != nil { // a path with the same template
		other.alias(op.path)
		return
	}
	if here := m.existing[template(op.path)]; here != nil {
		m.aliasExisting(here, op)
		m.lostOperations(here, op)
		if n := layout.Key(here.node, strings.ToLower(op.Method)); n != nil {
			m.compareOperation(u, here, n, op)
			return
		}
		op.path = here.path
	}
	fresh[key] = op
	u.fresh = append(u.fresh, op)
}

// complete adds the path parameters without a row on the page.
func (op *operation) complete() {
	for _, name := range paramNames(op.path) {
		if !slices.ContainsFunc(op.params, func(p *param) bool {
			return p.in == "path" && p.Name == name
		}) {
			p := &param{in: "path", Property: &draft.Property{Name: name, Required: true,
				Schema: &draft.Schema{Type: "string", Line: op.Line}}}
			if i := slices.IndexFunc(op.params, func(q *param) bool {
				return q.Name == name && q.in == "query"
			}); i >= 0 {
				p.Schema = op.params[i].Schema // it is in the wrong group of the page
				op.params = slices.Delete(op.params, i, i+1)
			}
			op.params = slices.Insert(op.params, 0, p)
		}
	}
}

// alias records the names of the parameters in another path with the same template.
func (op *operation) alias(path string) {
	mine, other := paramNames(op.path), paramNames(path)
	for i, name := range mine {
		if other[i] != name && !slices.Contains(op.aliases[name], other[i]) {
			if op.aliases == nil {
				op.aliases = map[string][]string{}
			}
			op.aliases[name] = append(op.aliases[name], other[i])
		}
	}
}

// aliasExisting adds the operation's parameter names to the aliases of the path item, and renames
// the operation's parameters to those of the item.
func (m *merger) aliasExisting(here *item, op *operation) {
	have, want := paramNames(here.path), paramNames(op.path)
	for i, name := range have {
		if want[i] == name {
			continue
		}
		for _, p := range op.params {
			if p.in == "path" && p.Name == want[i] {
				p.Name = name
			}
		}
		if slices.Contains(layout.Texts(layout.Get(here.node, "x-wxpay-param-aliases", name)),
			want[i]) {
			continue
		}
		names := section(here.node, "x-wxpay-param-aliases")
		if l := layout.Key(names, name); l != nil {
			l.Content = append(l.Content, layout.String(want[i]))
		} else {
			layout.Put(names, name, layout.List(layout.String(want[i])))
		}
		here.doc.changed = true
	}
}

// render prints the changed files: all or none, since the new parts of one may refer to those of
// another.
func (m *merger) render() map[string][]byte {
	out, before := map[string][]byte{}, len(m.report.Faults)
	for name, d := range m.docs {
		if !d.changed {
			continue
		}
		text, err := d.layout()
		if err != nil {
			m.report.Faults = append(m.report.Faults, layout.Located(name, err))
		}
		out[name] = text
	}
	if len(m.report.Faults) > before {
		m.report = Report{Faults: m.report.Faults}
		return nil
	}
	return out
}
