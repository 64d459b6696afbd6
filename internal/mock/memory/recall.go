package memory

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/refuse"
	"github.com/wxgen/wxgen/internal/mock/sample"
)

// Recollection is the memory's answer to a call.
type Recollection struct {
	Object  *Object        // nil for a call without an object
	Given   map[string]any // known fields of the reply
	Refusal *refuse.Error
}

// Recall applies the general rule to a call: it finds or creates the object of the call, and
// records the fields in the call.
func (s *Store) Recall(ids *Identities, c *Call) *Recollection {
	op, id := c.Operation, ids.Of(c.Operation)
	o := s.about(c, id)
	r := &Recollection{Object: o}
	switch {
	case o == nil && id.Creates:
		r.Object = s.create(c, id)
	case o != nil:
		s.act(o, c)
	case op.Method == "GET" && listField(op.Reply) != nil && len(c.Args) == 0:
		r.Given = s.list(ids, c)
		return r
	default:
		if name, value, missing := s.missing(ids, c); missing {
			r.Refusal = refuse.State(404, "RESOURCE_NOT_EXISTS", refuse.NumberNoOrder,
				"查询的资源不存在：%s“%s”", name, value)
			return r
		}
		if len(c.Args) > 0 {
			r.Object = s.invent(c)
		}
	}
	if r.Object != nil {
		r.Given = r.Object.Doc
	} else {
		r.Given = said(c)
	}
	return r
}

// about finds the object by the most specific number in the call.
func (s *Store) about(c *Call, id *Identity) *Object {
	params := parameters(c.Operation.Path)
	for _, name := range slices.Backward(params) {
		o := s.Find(c.Operation.Service, c.Owner, name, c.Args[name])
		if o == nil {
			continue
		}
		// the call creates a child of the object, unless the object has the number, too
		for _, own := range id.Own {
			if o.IDs[own] == "" {
				return nil
			}
		}
		return o
	}
	if len(params) > 0 {
		return nil
	}
	for _, name := range id.Own {
		if v, _ := c.Body[name].(string); v != "" {
			if o := s.Find(c.Operation.Service, c.Owner, name, v); o != nil {
				return o
			}
		}
	}
	if len(id.Own) == 0 {
		return s.named(c)
	}
	return nil
}

// named finds an object by a number in the query or body of a call that creates none.
func (s *Store) named(c *Call) *Object {
	for _, name := range slices.Sorted(maps.Keys(c.Query)) {
		if o := s.Find(c.Operation.Service, c.Owner, name, c.Query[name]); o != nil {
			return o
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Body)) {
		if v, ok := c.Body[name].(string); ok {
			if o := s.Find(c.Operation.Service, c.Owner, name, v); o != nil {
				return o
			}
		}
	}
	return nil
}

// parameters are the names of a path's parameters, in order.
func parameters(path string) (names []string) {
	for segment := range strings.SplitSeq(path, "/") {
		if name := parameter(segment); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// missing reports whether a call asks for an object that should have been created first.
func (s *Store) missing(ids *Identities, c *Call) (name, value string, missing bool) {
	if c.Invent {
		return "", "", false
	}
	for _, name := range slices.Backward(parameters(c.Operation.Path)) {
		if !contextual(name) {
			return name, c.Args[name], ids.Creatable(c.Operation.Service, name)
		}
	}
	return "", "", false
}

func (s *Store) create(c *Call, id *Identity) *Object {
	o := &Object{Kind: id.Kind, Service: c.Operation.Service, Owner: c.Owner,
		IDs: map[string]string{}, Doc: said(c), Created: c.Now}
	for _, name := range id.Own {
		if v, ok := o.Doc[name].(string); ok {
			o.IDs[name] = v
		} else if f := replyField(c.Operation, name); f != nil {
			m := &sample.Maker{Seed: c.Owner + strconv.FormatInt(s.last+1, 10), Now: c.Now}
			if v, ok := m.Named(name, f.Label, f.Schema).(string); ok {
				o.IDs[name], o.Doc[name] = v, v
			}
		}
	}
	o.NotifyURL, _ = o.Doc["notify_url"].(string)
	o.Move(c.Now, "", c.Operation.Name(), c.Exchange)
	s.Add(o)
	return o
}

func replyField(op *desc.Operation, name string) *desc.Field {
	if op.Reply == nil {
		return nil
	}
	return op.Reply.Field(name)
}

// invent makes an object with the fields of the call alone.
func (s *Store) invent(c *Call) *Object {
	o := &Object{
		Kind: collection(c.Operation.Path), Service: c.Operation.Service, Owner: c.Owner,
		IDs: maps.Clone(c.Args), Doc: said(c), Created: c.Now,
	}
	o.Move(c.Now, "", c.Operation.Name()+" (made up)", c.Exchange)
	s.Add(o)
	s.word(o, c)
	return o
}

func collection(path string) string {
	before, _, _ := strings.Cut(path, "/{")
	return before
}

// act records the effect of a call on an object.
func (s *Store) act(o *Object, c *Call) {
	if c.Operation.Method == "GET" {
		return
	}
	for name, v := range c.Body {
		if o.IDs[name] == "" {
			o.Doc[name] = Clone(v)
		}
	}
	s.word(o, c)
	o.Deleted = c.Operation.Method == "DELETE"
	o.Move(c.Now, "", c.Operation.Name(), c.Exchange)
	s.Weigh(o)
}

// word records the action at the end of a path: states follow from it.
func (s *Store) word(o *Object, c *Call) {
	last := c.Operation.Path[strings.LastIndex(c.Operation.Path, "/")+1:]
	if c.Operation.Method != "GET" && parameter(last) == "" && len(c.Args) > 0 {
		o.Word = last
		forgetStates(o.Doc)
	}
}
