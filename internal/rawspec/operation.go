package rawspec

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
)

// An Operation is an operation, or a notification, of the description.
type Operation struct {
	View               // the operation
	Item       View    // its path item
	Parameters []View  // of both
	Path       string  // as in the description; "" for a notification
	Name       string  // "METHOD /path" with its names of parameters, or the event type
	Alias      *Rename // nil, except for the second name of a doubled template
	Content    string  // media type of the request
	Schema     View    // of the request's body, or of the notification's resource
}

// A Rename is the second name of a path parameter.
type Rename struct{ From, To string }

var verbs = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// Operations maps names to all operations and notifications. It includes the second names of
// doubled templates.
func (d *Doc) Operations() (map[string]*Operation, error) {
	ops := map[string]*Operation{}
	for _, name := range slices.Sorted(maps.Keys(d.files)) {
		file := d.view(name, d.files[name])
		for _, op := range append(file.operations(), file.notifications()...) {
			if old := ops[op.Name]; old != nil {
				return nil, fmt.Errorf("%s: %s is described a second time; first at %s", op.Pos(),
					op.Name, old.Pos())
			}
			ops[op.Name] = op
		}
	}
	return ops, nil
}

func (v View) operations() (ops []*Operation) {
	for _, p := range v.At("paths").Keys() {
		item := v.At("paths", p)
		for _, alias := range append([]*Rename{nil}, aliases(item)...) {
			for _, verb := range verbs {
				if at := item.At(verb); at.Exists() {
					op := &Operation{View: at, Item: item, Path: p, Alias: alias}
					op.Name = strings.ToUpper(verb) + " " + op.renamed()
					op.fill()
					ops = append(ops, op)
				}
			}
		}
	}
	return ops
}

func (v View) notifications() (ops []*Operation) {
	for _, event := range v.At("webhooks").Keys() {
		item := v.At("webhooks", event)
		op := &Operation{View: item.At("post"), Item: item, Name: event}
		op.fill()
		ops = append(ops, op)
	}
	return ops
}

func aliases(item View) (renames []*Rename) {
	doubled := item.At("x-wxpay-param-aliases")
	for _, name := range doubled.Keys() {
		for _, other := range doubled.At(name).Texts() {
			renames = append(renames, &Rename{name, other})
		}
	}
	return renames
}

func (o *Operation) renamed() string {
	if o.Alias == nil {
		return o.Path
	}
	return strings.ReplaceAll(o.Path, "{"+o.Alias.From+"}", "{"+o.Alias.To+"}")
}

func (o *Operation) fill() {
	o.Parameters = append(o.At("parameters").List(), o.Item.At("parameters").List()...)
	content := o.At("requestBody", "content")
	if kinds := content.Keys(); len(kinds) > 0 {
		o.Content = kinds[0]
		o.Schema = content.At(kinds[0], "schema")
	}
}

// Service is the service of the path; "" for a notification.
func (o *Operation) Service() string { return route.Service(o.Path) }

// Method is the HTTP method.
func (o *Operation) Method() string {
	method, _, _ := strings.Cut(o.Name, " ")
	return method
}

// Parameter is the parameter of that name. It finds path parameters by their alias, too.
func (o *Operation) Parameter(in, name string) View {
	if o.Alias != nil && in == "path" && o.Alias.To == name {
		name = o.Alias.From
	}
	for _, p := range o.Parameters {
		if p.At("in").Is(in) && p.At("name").Is(name) {
			return p
		}
	}
	return View{}
}

// Server is the base URL in the operation's description, without a slash at its end; "" for the
// usual one.
func (o *Operation) Server() string {
	for _, v := range []View{o.At("servers"), o.Item.At("servers")} {
		if list := v.List(); len(list) > 0 {
			return strings.TrimSuffix(list[0].At("url").Text(), "/")
		}
	}
	return ""
}

// Reply is the first 2xx response with content, or without: its code, media type and schema.
func (o *Operation) Reply() (code, kind string, schema View) {
	responses := o.At("responses")
	for _, c := range responses.Keys() {
		if !strings.HasPrefix(c, "2") {
			continue
		}
		content := responses.At(c, "content")
		if kinds := content.Keys(); len(kinds) > 0 {
			return c, kinds[0], content.At(kinds[0], "schema")
		}
		if code == "" {
			code = c
		}
	}
	return code, "", View{}
}
