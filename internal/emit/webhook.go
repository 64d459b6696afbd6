package emit

import (
	"path"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
)

// webhooks prints the package of notifications.
type webhooks struct {
	*pkg
	*model.Webhooks
	cfg Config
}

func newWebhooks(w *model.Webhooks, cfg Config) *webhooks {
	p := newPkg(w.Package, cfg.Import+"/"+w.Package, w.Package, header(eventSources(w.Events)),
		w.Types)
	for _, e := range w.Events {
		r := p.role(e.Resource)
		r.resourceOf = append(r.resourceOf, "["+e.Go+"Event]")
		p.walk(e.Resource, false, make(map[*model.Type]bool))
	}
	return &webhooks{p, w, cfg}
}

func hasEvents(api *model.API) bool { return api.Webhooks != nil && len(api.Webhooks.Events) > 0 }

func eventSources(events []*model.Event) []string {
	var all []string
	for _, e := range events {
		if e.Source != "" {
			all = append(all, e.Source)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// jobs lists the files: the multiplexer, one per family of events, shared types, documentation.
func (w *webhooks) jobs() []job {
	jobs := []job{w.doc, w.mux, w.typesJob}
	for _, family := range w.families() {
		jobs = append(jobs, func() (map[string][]byte, error) { return w.family(family) })
	}
	return jobs
}

// families groups the events by file, in the order of the model.
func (w *webhooks) families() [][]*model.Event {
	var groups [][]*model.Event
	at := make(map[string]int)
	for _, e := range w.Events {
		stem := fileStem(e.Family)
		i, ok := at[stem]
		if !ok {
			i = len(groups)
			at[stem] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], e)
	}
	return groups
}

func (w *webhooks) family(events []*model.Event) (map[string][]byte, error) {
	stem := fileStem(events[0].Family)
	if stem == w.Package { // the file of the multiplexer
		stem += "_events"
	}
	name := path.Join(w.dir, goFile(stem))
	f := newFile(w.path, w.Package, header(eventSources(events)))
	for _, e := range events {
		if err := w.event(f, e); err != nil {
			return nil, err
		}
	}
	content, err := render(name, f)
	return map[string][]byte{name: content}, err
}

// event prints the constant, the type and the registration of one kind of notification.
func (w *webhooks) event(f *jen.File, e *model.Event) error {
	typ, constant := e.Go+"Event", "Event"+e.Go
	doc := typ + " is " + e.Name
	f.Comment(comment(constant + " is the event type of [" + typ + "]."))
	f.Const().Id(constant).Op("=").Lit(e.Name)
	f.Line()
	f.Comment(comment(append([]string{doc + tail(": ", e.Title) + ".", e.Doc, opened(e.Resource),
		audience(e.Tags, e.Roles, e.Updated)}, see(e.URLs)...)...))
	f.Type().Id(typ).Struct(wx("Event"),
		jen.Id("Resource").Id(e.Resource.Name).Comment("// decrypted"))
	f.Line()
	w.registration(f, e)
	if w.sharing[e.Resource] {
		return nil
	}
	return w.types(f, e.Resource)
}

// opened lists the fields of a resource that are also encrypted for the merchant's private key.
func opened(t *model.Type) string {
	if names := areAll(secretFields(t)); names != "" {
		return names + " decrypted, too."
	}
	return ""
}

// registration prints the Mux's method for an event.
func (w *webhooks) registration(f *jen.File, e *model.Event) {
	typ := e.Go + "Event"
	var open jen.Code = jen.Nil()
	if e.Resource.Secrets {
		open = jen.Id("e.Resource.secrets")
	}
	f.Comment(comment(e.Go + " has h handle " + e.Name + tail(", ", e.Title) + "."))
	f.Func().Params(jen.Id("m").Op("*").Id("Mux")).Id(e.Go).Params(
		jen.Id("h").Func().Params(jen.Qual("context", "Context"), jen.Op("*").Id(typ)).Error()).
		Block(
			jen.Id("m.NotificationMux.Handle").Call(jen.Id("Event"+e.Go),
				jen.Func().Params(jen.Id("ctx").Qual("context", "Context"),
					jen.Id("ev").Op("*").Add(wx("Event"))).Error().Block(
					jen.Id("e").Op(":=").New(jen.Id(typ)),
					jen.If(jen.Id("err").Op(":=").Id("ev.Unpack").Call(jen.Id("&e.Resource"), open),
						jen.Id("err").Op("!=").Nil()).
						Block(jen.Return(jen.Id("err"))),
					jen.Id("e.Event").Op("=").Id("*ev"),
					jen.Return(jen.Id("h(ctx, e)")))))
	f.Line()
}

// mux prints the type that registers handlers of notifications.
func (w *webhooks) mux() (map[string][]byte, error) {
	name := path.Join(w.dir, goFile(w.Package))
	f := newFile(w.path, w.Package, w.header)
	guard(f)
	f.Comment("// Mux hands each notification to the handler of its type, decoded; " +
		"[wxpay.Event.Fault] names fields that could not be read. Its\n" +
		"// methods register handlers, by the name of the event. The zero value is ready.")
	f.Type().Id("Mux").Custom(jen.Options{Open: "struct{ ", Close: " }"}, wx("NotificationMux"))
	f.Line()
	content, err := render(name, f)
	return map[string][]byte{name: content}, err
}

func (w *webhooks) doc() (map[string][]byte, error) {
	return goProse(path.Join(w.dir, "doc.go"), "webhook.tmpl",
		map[string]any{"Header": w.header, "Package": w.Package, "Events": w.Events})
}
