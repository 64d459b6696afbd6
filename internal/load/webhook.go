package load

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// event is an unfinished notification.
type event struct {
	key   source.Node // its name
	item  source.Node
	model *model.Event
}

// collectEvents returns the webhooks of all documents, by name.
func collectEvents(docs []*source.File, in *selection) []*event {
	var events []*event
	for _, f := range docs {
		for k, v := range f.Root.Get("webhooks").Entries() {
			// check reports malformed names
			if in.webhooks() && in.role(v.Get("post")) && route.Event.MatchString(k.Text()) {
				events = append(events, &event{key: k, item: v})
			}
		}
	}
	slices.SortStableFunc(events, func(x, y *event) int {
		return cmp.Compare(x.key.Text(), y.key.Text())
	})
	return events
}

// webhooks makes the model of all notifications.
func (b *builder) webhooks(events []*event) *model.Webhooks {
	w := &model.Webhooks{Package: "webhook"}
	b.pkg.reserve("Mux", "the handler of all notifications")
	b.pkg.reserve("NewMux", "the handler's constructor")
	goNames := newScope(b.faults)
	for _, name := range []string{"NotificationMux", "Handle", "Fallback", "Dispatch"} {
		goNames.reserve(name, "a part of every Mux")
	}
	for i, e := range events {
		if i > 0 && events[i-1].key.Text() == e.key.Text() {
			b.faults.At(e.key, fmt.Sprintf("webhook %s is described at %s already", e.key.Text(),
				events[i-1].key.Place()), "keep one")
			continue
		}
		if b.event(e, goNames) {
			w.Events = append(w.Events, e.model)
		}
	}
	b.decideByUse(nil, w.Events)
	w.Types = b.sharedTypes()
	return w
}

// event makes one notification and its resource.
func (b *builder) event(e *event, goNames *scope) bool {
	name, post := e.key.Text(), e.item.Get("post")
	what := "webhook " + name
	named := e.item
	if post.Has("x-go-name") {
		named = post
	}
	m := &model.Event{
		Name: name, Go: b.goName(named, what, name, e.key), Family: family(e.key.File),
		Title: prose(post.Get("summary")), Doc: prose(post.Get("description")), URLs: urls(post),
		Tags: post.Get("tags").Texts(), Roles: post.Get("x-wxpay-roles").Texts(),
		Updated: post.Get("x-wxpay-updated").Text(),
		Source:  e.key.File.Name, Pos: e.key.Local(),
	}
	if m.Title == "" {
		m.Title = prose(e.item.Get("summary"))
	}
	if m.Doc == "" {
		m.Doc = prose(e.item.Get("description"))
	}
	if m.Go == "" || !goNames.add(m.Go, what, e.key) {
		return false
	}
	b.pkg.add(m.Go+"Event", what, e.key)
	b.pkg.add("Event"+m.Go, "the constant of "+what, e.key)
	body := b.set.Follow(post.Get("requestBody"), source.RequestBodies)
	_, schema := content(body.Node)
	m.Resource = b.resource(m, schema, what, e.key)
	e.model = m
	return m.Resource != nil
}

// resource makes the type of a notification's decrypted resource.
func (b *builder) resource(m *model.Event, schema source.Node, what string,
	at source.Node) *model.Type {
	s := b.set.Follow(schema, source.Schemas)
	if s.OK() && !b.isStruct(s.Node) {
		b.faults.At(schema, what+": the resource is no object with properties", "")
	}
	if !b.isStruct(s.Node) {
		return nil
	}
	if s.Name != "" {
		if ref := b.ref(schema, site{}); ref != nil {
			return ref.Ref
		}
		return nil
	}
	name := m.Go
	if own := schema.Get("x-go-name"); own.OK() {
		name, at = own.Text(), own
	}
	t := &model.Type{Name: name, Kind: model.Struct, Doc: prose(schema.Get("description"))}
	b.declare(t, "the resource of "+what, at)
	b.properties(t, s.Node, newScope(b.faults), 1)
	return t
}

// family is the base name of a webhook's file.
func family(f *source.File) string {
	return strings.TrimSuffix(path.Base(f.Name), path.Ext(f.Name))
}
