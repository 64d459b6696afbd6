package load

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/route"
)

// event is a webhook in the making.
type event struct {
	key   view // its name
	item  view
	model *model.Event
}

// collectEvents gathers the webhooks of all documents, by name.
func collectEvents(docs []*file, in *include) []*event {
	var events []*event
	for _, f := range docs {
		for k, v := range f.root.get("webhooks").entries() {
			if in.webhooks() && route.Event.MatchString(k.text()) { // check reports the others
				events = append(events, &event{key: k, item: v})
			}
		}
	}
	slices.SortStableFunc(events, func(x, y *event) int { return cmp.Compare(x.key.text(), y.key.text()) })
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
		if i > 0 && events[i-1].key.text() == e.key.text() {
			b.faults.at(e.key, fmt.Sprintf("webhook %s is described at %s already", e.key.text(), events[i-1].key.place()), "keep one")
			continue
		}
		if b.event(e, goNames) {
			w.Events = append(w.Events, e.model)
		}
	}
	b.finish(nil, w.Events)
	w.Types = b.sharedTypes()
	return w
}

// event makes one notification and its resource.
func (b *builder) event(e *event, goNames *scope) bool {
	name, post := e.key.text(), e.item.get("post")
	what := "webhook " + name
	named := e.item
	if post.has("x-go-name") {
		named = post
	}
	m := &model.Event{
		Name: name, Go: b.goName(named, what, name, e.key), Family: family(e.key.f),
		Title: prose(post.get("summary")), Doc: prose(post.get("description")), URLs: urls(post),
		Tags: post.get("tags").texts(), Roles: post.get("x-wxpay-roles").texts(), Updated: post.get("x-wxpay-updated").text(),
		Source: e.key.f.name, Pos: e.key.local(),
	}
	if m.Title == "" {
		m.Title = prose(e.item.get("summary"))
	}
	if m.Doc == "" {
		m.Doc = prose(e.item.get("description"))
	}
	if m.Go == "" || !goNames.add(m.Go, what, e.key) {
		return false
	}
	b.pkg.add(m.Go+"Event", what, e.key)
	b.pkg.add("Event"+m.Go, "the constant of "+what, e.key)
	body := b.set.follow(post.get("requestBody"), requestBodies)
	_, schema := content(body.view)
	m.Resource = b.resource(m, schema, what, e.key)
	e.model = m
	return m.Resource != nil
}

// resource makes the type of what a notification's ciphertext holds.
func (b *builder) resource(m *model.Event, schema view, what string, at view) *model.Type {
	s := b.set.follow(schema, schemas)
	if s.ok() && !b.isStruct(s.view) {
		b.faults.at(schema, what+": the resource is no object with properties", "")
	}
	if !b.isStruct(s.view) {
		return nil
	}
	if s.name != "" {
		if ref := b.ref(schema, place{}); ref != nil {
			return ref.Ref
		}
		return nil
	}
	name := m.Go
	if own := schema.get("x-go-name"); own.ok() {
		name, at = own.text(), own
	}
	t := &model.Type{Name: name, Kind: model.Struct, Doc: prose(schema.get("description"))}
	b.declare(t, "the resource of "+what, at)
	b.properties(t, s.view, newScope(b.faults), 1)
	return t
}

// family is the base name of a webhook's file.
func family(f *file) string { return strings.TrimSuffix(path.Base(f.name), path.Ext(f.name)) }
