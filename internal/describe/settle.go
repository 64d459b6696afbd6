package describe

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/route"
	yaml "go.yaml.in/yaml/v4"
)

// addition is something new for an operation that is in the description: a field, a parameter or a body.
type addition struct {
	doc    *doc
	owner  *owner
	side   bool // in a response
	schema *schema
	at     []string // the way to it, its own name included
	insert func()   // once its types have names
}

// settle names what is new in a unit and puts it into the files.
func (u *unit) settle(m *merger) {
	if len(u.fresh)+len(u.additions) == 0 {
		return
	}
	if !u.webhooks {
		wishes := make([]operationName, len(u.fresh))
		for i, op := range u.fresh {
			wishes[i] = op.wish
		}
		for i, id := range nameOperations(u.ids, wishes) {
			u.fresh[i].id = id
		}
	}
	for id := range u.ids {
		u.taken[id+"Request"], u.taken[id+"Response"] = true, true
	}
	for file, part := range u.byFile(m) {
		u.place(m, file, part)
	}
}

// part is what goes into one file.
type part struct {
	fresh     []*operation
	additions []*addition
}

// fileOf is the file of a service or family, under a name that every system accepts.
func fileOf(stem string) string {
	if names.Device(path.Base(stem)) {
		stem += "-service"
	}
	return stem + ".yaml"
}

// byFile returns the files that something new goes to, in order. A service has one of its own; notifications have one
// per family. Fields go where their object stands.
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

// place decides on the components of one file and writes everything new into its tree.
func (u *unit) place(m *merger, name string, p *part) {
	title := u.name
	if u.webhooks {
		title = family(p.event())
	}
	d := m.docs.get(name, title, !u.webhooks)
	sh := &sharer{}
	for _, op := range p.fresh {
		op.owner = u.ownerOf(op)
		for _, end := range []string{"", "Request", "Response", "Event"} {
			u.taken[op.owner.id+end] = true
		}
		op.collect(sh)
	}
	for _, a := range p.additions {
		sh.add(a.owner, a.side, a.schema, a.at...)
	}
	comps := sh.run(m.pinnedIn(d), u.taken)
	for _, a := range p.additions {
		a.insert()
		a.doc.changed = true
		m.report.Fields++
	}
	for _, op := range p.fresh {
		m.write(d, op)
		m.report.Operations++
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

func (u *unit) ownerOf(op *operation) *owner {
	if u.webhooks {
		first, _, _ := strings.Cut(op.page.Event, ".")
		id := exported(op.page.Event)
		return &owner{id: id, subject: id, prefix: exported(first), place: op.page.Event}
	}
	return &owner{id: op.id, subject: op.wish.subject, context: op.wish.context, place: op.Method + " " + op.path}
}

// write puts a new operation or notification into its file.
func (m *merger) write(d *doc, op *operation) {
	if op.page.Event != "" {
		put(section(d.root(), "webhooks"), op.page.Event, op.webhookNode())
		return
	}
	paths := section(d.root(), "paths")
	item := pick(paths, op.path)
	if item == nil {
		item = object()
		if len(op.aliases) > 0 {
			names := object()
			for _, name := range paramNames(op.path) {
				if l := op.aliases[name]; l != nil {
					put(names, name, strs(l))
				}
			}
			put(item, "x-wxpay-param-aliases", names)
		}
		if op.Server != "" {
			put(item, "servers", list(object("url", strings.TrimSuffix(op.Server, "/"))))
		}
		tellApart(paths, op.path)
		putPath(paths, op.path, item)
	}
	node := op.node()
	if have := serverOf(item, nil); have != strings.TrimSuffix(op.Server, "/") { // the operations of one page may differ in this
		put(node, "servers", list(object("url", cmpOr(strings.TrimSuffix(op.Server, "/"), defaultServer))))
	}
	put(item, strings.ToLower(op.Method), node)
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// serverOf returns the server that a path item or an operation names; "" is the one of the whole description.
func serverOf(item, op *yaml.Node) string {
	for _, n := range []*yaml.Node{op, item} {
		if s := pick(n, "servers"); s != nil && len(s.Content) > 0 {
			url := strings.TrimSuffix(text(pick(s.Content[0], "url")), "/")
			if url == defaultServer {
				return ""
			}
			return url
		}
	}
	return ""
}

// insertField adds a field behind the nearest of its elder siblings (nearest first), and to the required ones if it is.
func insertField(into *yaml.Node, prop *property, elder []string) {
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
	putAfter(props, index, prop.name, prop.nodeBeside(props))
	if prop.required {
		require(into, props, index, prop.name)
	}
}

// insertParam adds a parameter behind the nearest of its elder siblings that stands here, else at the end.
func insertParam(n, param *yaml.Node, elder []string) {
	params := pick(n, "parameters")
	if params == nil {
		params = list()
		set(n, "parameters", params)
	}
	index := len(params.Content)
	for _, name := range elder {
		if i := slices.IndexFunc(params.Content, func(p *yaml.Node) bool { return text(pick(p, "name")) == name }); i >= 0 {
			index = i + 1
			break
		}
	}
	params.Content = slices.Insert(params.Content, index, param)
}

// require adds a field to the required ones of an object: behind those that stand before it, at the given index.
func require(object, props *yaml.Node, index int, name string) {
	required := pick(object, "required")
	if required == nil {
		required = list()
		set(object, "required", required)
	}
	place := 0
	for i, other := range texts(required) {
		if j := indexOf(props, other); j >= 0 && j <= index {
			place = i + 1
		}
	}
	required.Content = slices.Insert(required.Content, place, str(name))
}

// writeComponents adds components: enums behind the last enum, objects at the end.
func writeComponents(d *doc, comps []*component) {
	if len(comps) == 0 {
		return
	}
	schemas := section(section(d.root(), "components"), "schemas")
	for _, c := range comps {
		index := len(schemas.Content)/2 - 1
		if c.schema.isEnum() {
			index = -1
			i := 0
			for _, s := range pairs(schemas) {
				if pick(s, "enum") != nil {
					index = i
				}
				i++
			}
		}
		putAfter(schemas, index, c.name, c.schema.inline())
	}
}

// family names the file of an event.
func family(event string) string {
	first, _, _ := strings.Cut(event, ".")
	return strings.ToLower(strings.ReplaceAll(first, "_", "-"))
}

// eventName is the Go name of an event where the plain rule gives one that reads badly: words that were run together.
func eventName(event string) string {
	plain, good := exportedPlain(event), exported(event)
	if plain == good {
		return ""
	}
	return good
}

// tellApart gives a literal of a new path a Go name if another one has its name at the same place: policy_periods beside
// policy-periods. The name stands on the path that ends there, which need not have operations.
func tellApart(paths *yaml.Node, path string) {
	segments := strings.Split(path, "/")
	for i := 4; i <= len(segments); i++ {
		here := strings.Join(segments[:i], "/")
		name := exportedPlain(segments[i-1])
		if isParam(segments[i-1]) || text(at(paths, here, "x-go-name")) != "" {
			continue
		}
		for key := range pairs(paths) {
			other := strings.Split(key.Value, "/")
			if len(other) < i || other[i-1] == segments[i-1] || isParam(other[i-1]) || exportedPlain(other[i-1]) != name ||
				template(strings.Join(other[:i-1], "/")) != template(strings.Join(segments[:i-1], "/")) {
				continue
			}
			putPath(paths, here, object("x-go-name", name+alias))
			break
		}
	}
}
