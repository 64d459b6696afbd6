package known

import (
	"strings"

	"github.com/wxgen/wxgen/internal/model"
)

// A collector reads one description.
type collector struct {
	*Description
	open    map[string]bool
	objects map[*model.Type]*Object // types read so far; a type may hold itself
}

func (c *collector) api(api *model.API) {
	for _, s := range api.Services {
		for _, op := range s.Operations() {
			file, _, _ := strings.Cut(op.Pos, ":")
			if c.open[file] {
				continue
			}
			key := op.Verb + " " + Template(op.Path)
			if c.operations[key] == nil {
				c.operations[key] = c.operation(op)
			}
		}
	}
	if api.Webhooks == nil {
		return
	}
	for _, e := range api.Webhooks.Events {
		if !c.open[e.Source] && c.events[e.Name] == nil {
			c.events[e.Name] = c.object("", e.Resource)
		}
	}
}

func (c *collector) operation(op *model.Operation) *Operation {
	known := &Operation{Params: make(map[string]*Field, len(op.Node.Params))}
	for _, p := range op.Node.Params {
		c.note(p.Wire, p.Sensitive)
		known.Params[p.Wire] = &Field{Name: p.Wire, Type: "string", Label: p.Doc, Required: true,
			Sensitive: p.Sensitive}
	}
	if op.Request != nil {
		c.request(known, op.Request)
	}
	known.Response = c.object("", op.Response)
	if op.RawResponse != nil {
		c.value("", op.RawResponse)
	}
	return known
}

func (c *collector) request(known *Operation, t *model.Type) {
	for _, f := range t.Fields {
		switch field := c.field(f); f.In {
		case model.InQuery, model.InHeader:
			known.Params[f.Wire] = field
		default:
			if known.Body == nil {
				known.Body = &Object{Fields: map[string]*Field{}}
			}
			known.Body.Fields[f.Wire] = field
			c.hold("", f.Wire)
		}
	}
}

// object reads a struct, the type of a field called name.
func (c *collector) object(name string, t *model.Type) *Object {
	if t == nil || t.Kind != model.Struct {
		return nil
	}
	o := c.objects[t]
	if o == nil {
		o = &Object{Fields: make(map[string]*Field, len(t.Fields))}
		c.objects[t] = o
		for _, f := range t.Fields {
			o.Fields[f.Wire] = c.field(f)
		}
	}
	for _, f := range t.Fields {
		c.hold(name, f.Wire)
	}
	return o
}

func (c *collector) field(f *model.Field) *Field {
	if scalar := leaf(f.Type); scalar.Scalar() == model.String || scalar.Base == model.Secret {
		c.note(f.Wire, f.Sensitive)
	}
	encoded := f.Type.Ref != nil && f.Type.Ref.InString
	return &Field{Name: f.Wire, Type: typeOf(leaf(f.Type)), Array: f.Type.Elements() != nil,
		Label:    f.Doc,
		Required: f.Required, Sensitive: f.Sensitive, Encoded: encoded,
		Object: c.value(f.Wire, f.Type)}
}

// typeOf is the type in the words of a description.
func typeOf(t *model.TypeRef) string {
	switch t.Scalar() {
	case model.Int:
		return "integer"
	case model.Float:
		return "number"
	case model.Bool:
		return "boolean"
	case model.String, model.Time, model.Secret, model.File:
		return "string"
	}
	return "object"
}

// value reads the object in a field called name.
func (c *collector) value(name string, t *model.TypeRef) *Object {
	t = leaf(t)
	if t.Base != model.Named {
		return nil
	}
	return c.object(name, t.Ref)
}

// leaf is the element type of a list, through nested lists.
func leaf(t *model.TypeRef) *model.TypeRef {
	for t.Elements() != nil {
		t = t.Elements()
	}
	return t
}

func (c *collector) note(name string, sensitive bool) {
	if sensitive {
		c.secrets[name] = true
		return
	}
	c.clear[name] = true
}

func (c *collector) hold(object, field string) {
	if c.holds[object] == nil {
		c.holds[object] = map[string]bool{}
	}
	c.holds[object][field] = true
}

// A Source is a description for Of.
type Source struct {
	API  *model.API
	Open map[string]bool // files with open questions: their facts are not known yet
}

// Of collects the facts of some descriptions. If several have an operation, it keeps the first.
func Of(sources ...Source) *Description {
	d := &Description{
		operations: map[string]*Operation{}, events: map[string]*Object{},
		secrets: map[string]bool{}, clear: map[string]bool{}, holds: map[string]map[string]bool{},
	}
	for _, s := range sources {
		c := &collector{Description: d, open: s.Open, objects: map[*model.Type]*Object{}}
		c.api(s.API)
	}
	return d
}
