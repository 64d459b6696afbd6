package merge

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/naming"
	"github.com/wxgen/wxgen/internal/route"
)

// nameOperations names the new operations of a unit. It reserves the names of all request and
// response types.
func (u *unit) nameOperations() {
	if !u.webhooks {
		proposals := make([]naming.Operation, len(u.fresh))
		for i, op := range u.fresh {
			proposals[i] = op.proposal
		}
		for i, id := range naming.Operations(u.ids, proposals) {
			u.fresh[i].id = id
		}
	}
	for id := range u.ids {
		u.taken[id+"Request"], u.taken[id+"Response"] = true, true
	}
}

// insert writes the new parts of a unit into its files.
func (m *merger) insert(u *unit) {
	for file, part := range u.byFile(m) {
		u.insert(m, file, part)
	}
}

// part holds the new parts for one file.
type part struct {
	fresh     []*operation
	additions []*addition
}

// fileOf is the file of a service or family. Its name is valid on every system.
func fileOf(stem string) string {
	if names.Device(path.Base(stem)) {
		stem += "-service"
	}
	return stem + ".yaml"
}

// byFile yields the files that get something new, in order. A service has a file of its own, and so
// has each family of notifications. Fields go to the file of their object.
func (u *unit) byFile(m *merger) func(func(string, *part) bool) {
	parts := map[string]*part{}
	get := func(name string) *part {
		if parts[name] == nil {
			parts[name] = &part{}
		}
		return parts[name]
	}
	for _, op := range u.fresh {
		name := fileOf(strings.TrimPrefix(route.Root(u.name), "/"))
		if u.webhooks {
			name = fileOf("webhooks/" + family(op.page.Event))
		} else if at := m.existing[template(op.path)]; at != nil {
			name = at.doc.name
		}
		get(name).fresh = append(get(name).fresh, op)
	}
	for _, a := range u.additions {
		get(a.doc.name).additions = append(get(a.doc.name).additions, a)
	}
	return func(yield func(string, *part) bool) {
		for _, name := range slices.Sorted(maps.Keys(parts)) {
			if !yield(name, parts[name]) {
				return
			}
		}
	}
}

// insert decides on the components of one file and writes all new parts into its tree.
func (u *unit) insert(m *merger, name string, p *part) {
	title := u.name
	if u.webhooks {
		title = family(p.event())
	}
	d := m.docs.get(name, title, !u.webhooks)
	var uses draft.Uses
	for _, op := range p.fresh {
		op.owner = u.ownerOf(op)
		for _, end := range []string{"", "Request", "Response", "Event"} {
			u.taken[op.owner.ID+end] = true
		}
		op.collect(&uses)
	}
	for _, a := range p.additions {
		uses.Add(a.owner, a.side, a.schema, a.at...)
	}
	comps := naming.Components(uses, m.knownIn(d), u.taken)
	for _, a := range p.additions {
		a.insert()
		a.doc.changed = true
		m.report.Fields++
	}
	for _, op := range p.fresh {
		m.write(d, op)
		m.report.Operations++
		m.report.New = append(m.report.New, op.path+op.page.Event)
	}
	writeComponents(d, comps)
	d.changed = true
}

func (p *part) event() string {
	if len(p.fresh) > 0 {
		return p.fresh[0].page.Event
	}
	return ""
}

func (u *unit) ownerOf(op *operation) *draft.Owner {
	if u.webhooks {
		first, _, _ := strings.Cut(op.page.Event, ".")
		id := naming.Exported(op.page.Event)
		return &draft.Owner{ID: id, Subject: id, Prefix: naming.Exported(first),
			Place: op.page.Event}
	}
	return &draft.Owner{ID: op.id, Subject: op.proposal.Subject, Context: op.proposal.Context,
		Place: op.Method + " " + op.path}
}

// write puts a new operation or notification into its file.
func (m *merger) write(d *doc, op *operation) {
	if op.page.Event != "" {
		layout.Put(section(d.root(), "webhooks"), op.page.Event, op.webhookNode())
		return
	}
	paths := section(d.root(), "paths")
	item := layout.Key(paths, op.path)
	if item == nil {
		item = layout.Object()
		if len(op.aliases) > 0 {
			names := layout.Object()
			for _, name := range paramNames(op.path) {
				if l := op.aliases[name]; l != nil {
					layout.Put(names, name, layout.Strings(l))
				}
			}
			layout.Put(item, "x-wxpay-param-aliases", names)
		}
		if op.Server != "" {
			layout.Put(item, "servers",
				layout.List(layout.Object("url", strings.TrimSuffix(op.Server, "/"))))
		}
		tellApart(paths, op.path)
		putPath(paths, op.path, item)
	}
	node := op.node()
	// the operations of one page may have different servers
	if have := serverOf(item, nil); have != strings.TrimSuffix(op.Server, "/") {
		layout.Put(node, "servers",
			layout.List(layout.Object("url",
				cmp.Or(strings.TrimSuffix(op.Server, "/"), route.Home))))
	}
	layout.Put(item, strings.ToLower(op.Method), node)
}

// serverOf returns the server of a path item or an operation; "" for the server of the whole
// description.
func serverOf(item, op *yaml.Node) string {
	for _, n := range []*yaml.Node{op, item} {
		if s := layout.Key(n, "servers"); s != nil && len(s.Content) > 0 {
			url := strings.TrimSuffix(layout.Text(layout.Key(s.Content[0], "url")), "/")
			if url == route.Home {
				return ""
			}
			return url
		}
	}
	return ""
}

// insertField adds a field behind the first of elder that the object has, and to the required
// fields if it is required. Elder are the fields before it, nearest first.
func insertField(into *yaml.Node, prop *draft.Property, elder []string) {
	props := section(into, "properties")
	index := -1
	for _, name := range elder {
		if index = indexOf(props, name); index >= 0 {
			break
		}
	}
	if len(elder) > 0 && index < 0 {
		index = len(props.Content)/2 - 1
	}
	putAfter(props, index, prop.Name, propertyNode(prop, props))
	if prop.Required {
		require(into, props, index, prop.Name)
	}
}

// insertParam adds a parameter behind the first of elder that the operation has, else at the end.
func insertParam(n, param *yaml.Node, elder []string) {
	params := layout.Key(n, "parameters")
	if params == nil {
		params = layout.List()
		set(n, "parameters", params)
	}
	index := len(params.Content)
	for _, name := range elder {
		if i := slices.IndexFunc(params.Content, func(p *yaml.Node) bool {
			return layout.Text(layout.Key(p, "name")) == name
		}); i >= 0 {
			index = i + 1
			break
		}
	}
	params.Content = slices.Insert(params.Content, index, param)
}

// require adds a field to the required fields of an object, behind those whose properties come
// before index.
func require(object, props *yaml.Node, index int, name string) {
	required := layout.Key(object, "required")
	if required == nil {
		required = layout.List()
		set(object, "required", required)
	}
	at := 0
	for i, other := range layout.Texts(required) {
		if j := indexOf(props, other); j >= 0 && j <= index {
			at = i + 1
		}
	}
	required.Content = slices.Insert(required.Content, at, layout.String(name))
}

// writeComponents adds components: enums behind the last enum, objects at the end.
func writeComponents(d *doc, comps []*draft.Component) {
	if len(comps) == 0 {
		return
	}
	schemas := section(section(d.root(), "components"), "schemas")
	for _, c := range comps {
		index := len(schemas.Content)/2 - 1
		if c.Schema.IsEnum() {
			index = -1
			i := 0
			for _, s := range layout.Pairs(schemas) {
				if layout.Key(s, "enum") != nil {
					index = i
				}
				i++
			}
		}
		putAfter(schemas, index, c.Name, inlineNode(c.Schema))
	}
}

// tellApart gives a literal of a new path a Go name if another literal at the same place has its
// name: policy_periods beside policy-periods. The entry of the path up to that literal has the
// name, and needs no operations.
func tellApart(paths *yaml.Node, path string) {
	segments := strings.Split(path, "/")
	for i := 4; i <= len(segments); i++ {
		here := strings.Join(segments[:i], "/")
		name := naming.Plain(segments[i-1])
		if naming.IsParam(segments[i-1]) ||
			layout.Text(layout.Get(paths, here, "x-go-name")) != "" {
			continue
		}
		for key := range layout.Pairs(paths) {
			other := strings.Split(key.Value, "/")
			if len(other) < i || other[i-1] == segments[i-1] || naming.IsParam(other[i-1]) ||
				naming.Plain(other[i-1]) != name ||
				template(strings.Join(other[:i-1], "/")) != template(strings.Join(segments[:i-1],
					"/")) {
				continue
			}
			putPath(paths, here, layout.Object("x-go-name", name+alias))
			break
		}
	}
}
