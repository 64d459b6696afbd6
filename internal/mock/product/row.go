package product

import (
	"reflect"

	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// refusal is an error in a table.
type refusal struct {
	status int
	code   string
	number int64
	text   string
}

func (r refusal) error() *refuse.Error {
	return refuse.State(r.status, r.code, r.number, "%s", r.text)
}

// making is a row of the table of operations that create objects.
type making struct {
	kind   string
	key    string             // name of the merchant's own number
	differ refusal            // error for a used number with other parameters
	closed map[string]refusal // errors for a repeated request in certain states of the object
	build  func(*Products, *Call, *memory.Object) *refuse.Error
	// the reply; nil means the object's document
	given func(*Products, *Call, *memory.Object) map[string]any
	// a repeated request makes new codes in the reply
	fresh bool
}

// moving is a row of the table of operations that move or query objects.
type moving struct {
	kind   string
	find   []string           // names of numbers; the first one in the call is used
	absent refusal            // error for an unknown object
	next   map[string]string  // from state to state; nil for queries
	forbid map[string]refusal // errors for other states; "" is for all without an entry
	do     func(*Products, *Call, *memory.Object) *refuse.Error
	given  func(*Products, *Call, *memory.Object) map[string]any
	invent func(*Products, *Call, *memory.Object) // completes a made-up object
	dense  bool                                   // make up optional fields of the reply
}

func (p *Products) make(m *making, c *Call) *Answer {
	key := c.number(m.key)
	if o := p.find(m.kind, c.Owner, m.key, key); o != nil {
		return p.again(m, c, o)
	}
	o := p.blank(m.kind, c)
	o.IDs[m.key] = key
	o.Doc = document(c)
	o.Doc[requested] = document(c)
	o.NotifyURL = c.text("notify_url")
	if refused := m.build(p, c, o); refused != nil {
		return &Answer{Refusal: refused}
	}
	o.Move(c.Now, o.State, c.Operation.Name(), c.Exchange)
	p.Store.Add(o)
	return p.made(m, c, o)
}

// requested is the key in a document for the request that created the object. No field of the
// description begins with a blank.
const requested = " request"

func (p *Products) blank(kind string, c *Call) *memory.Object {
	return &memory.Object{Kind: kind, Service: kind, Owner: c.Owner, IDs: map[string]string{},
		Doc: map[string]any{}, Created: c.Now}
}

func (p *Products) made(m *making, c *Call, o *memory.Object) *Answer {
	given := o.Doc
	if m.given != nil {
		given = m.given(p, c, o)
	}
	return &Answer{Object: o, Given: given, Sparse: true}
}

// again answers a request with a used number.
func (p *Products) again(m *making, c *Call, o *memory.Object) *Answer {
	p.lapse(o)
	if r, ok := m.closed[o.State]; ok {
		return &Answer{Refusal: r.error(), Object: o}
	}
	if !reflect.DeepEqual(o.Doc[requested], document(c)) {
		return &Answer{Refusal: m.differ.error(), Object: o}
	}
	if m.fresh {
		o.Move(c.Now, "", c.Operation.Name()+" again", c.Exchange)
	}
	return p.made(m, c, o)
}

// document is a copy of the body.
func document(c *Call) map[string]any {
	doc, _ := memory.Clone(c.Body).(map[string]any)
	if doc == nil {
		doc = map[string]any{}
	}
	return doc
}

func (p *Products) move(m *moving, c *Call) *Answer {
	o := p.seek(m, c)
	if o == nil {
		return &Answer{Refusal: m.absent.error()}
	}
	p.lapse(o)
	if m.next != nil {
		to, ok := m.next[o.State]
		if !ok {
			return &Answer{Refusal: m.why(o.State).error(), Object: o}
		}
		if refused := m.perform(p, c, o); refused != nil {
			return &Answer{Refusal: refused, Object: o}
		}
		o.Move(c.Now, to, c.Operation.Name(), c.Exchange)
		p.show(o)
		p.Store.Weigh(o)
	} else if refused := m.perform(p, c, o); refused != nil {
		return &Answer{Refusal: refused, Object: o}
	}
	given := o.Doc
	if m.given != nil {
		given = m.given(p, c, o)
	}
	return &Answer{Object: o, Given: given, Sparse: !m.dense}
}

func (m *moving) perform(p *Products, c *Call, o *memory.Object) *refuse.Error {
	if m.do == nil {
		return nil
	}
	return m.do(p, c, o)
}

func (m *moving) why(state string) refusal {
	if r, ok := m.forbid[state]; ok {
		return r
	}
	return m.forbid[""]
}

// seek finds the object of a call, or makes it up if the call allows that.
func (p *Products) seek(m *moving, c *Call) *memory.Object {
	for _, name := range m.find {
		if value := c.number(name); value != "" {
			if o := p.find(m.kind, c.Owner, name, value); o != nil || !c.Invent {
				return o
			}
			break
		}
	}
	if !c.Invent || m.invent == nil {
		return nil
	}
	o := p.blank(m.kind, c)
	o.Doc = document(c)
	for _, name := range m.find {
		if value := c.number(name); value != "" {
			o.IDs[name], o.Doc[name] = value, value
		}
	}
	m.invent(p, c, o)
	o.Move(c.Now, o.State, "made up for "+c.Operation.Name(), c.Exchange)
	p.show(o)
	p.Store.Add(o)
	return o
}

func (p *Products) find(kind, owner, name, value string) *memory.Object {
	if value == "" {
		return nil
	}
	return p.Store.Find(kind, owner, name, value)
}
