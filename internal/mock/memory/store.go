package memory

import (
	"encoding/json"
	"iter"
	"strings"
	"time"
)

// Object is a thing that requests created.
type Object struct {
	Serial int64 `json:"serial"` // in the order of creation, from 1
	// "order", "refund" …, or the path of its collection
	Kind      string            `json:"kind"`
	Service   string            `json:"service"`
	Owner     string            `json:"owner"` // number of the account that created it
	IDs       map[string]string `json:"ids"`   // its own numbers, by name
	State     string            `json:"state,omitempty"`
	Doc       map[string]any    `json:"doc"` // its fields, in clear
	NotifyURL string            `json:"notify_url,omitempty"`
	Created   time.Time         `json:"created"`
	Updated   time.Time         `json:"updated"`
	Expires   time.Time         `json:"expires,omitzero"`
	Deleted   bool              `json:"deleted,omitempty"`
	// of the last action on it: "close", "pause"
	Word    string `json:"word,omitempty"`
	History []Step `json:"history"`

	weight int // of Doc, when it was last weighed
}

// Step is an entry of a history.
type Step struct {
	At       time.Time `json:"at"`
	What     string    `json:"what"` // "POST /v3/pay/transactions/jsapi", "paid on the page"
	State    string    `json:"state,omitempty"`
	Exchange int64     `json:"exchange,omitempty"` // the request that did it
}

// MaxHistory is how many steps an object keeps: the first, and the latest.
const MaxHistory = 100

// Move notes a step, and the state that it leads to; "" leaves the state as it is.
func (o *Object) Move(at time.Time, state, what string, exchange int64) {
	if state != "" {
		o.State = state
	}
	o.Updated = at
	if len(o.History) >= MaxHistory {
		o.History = append(o.History[:1], o.History[2:]...)
	}
	o.History = append(o.History, Step{at, what, o.State, exchange})
}

// Text is a field that is text, by its path: "amount.currency".
func (o *Object) Text(path string) string {
	s, _ := At(o.Doc, path).(string)
	return s
}

// Int is a field that is a number, by its path.
func (o *Object) Int(path string) int64 { return Int(At(o.Doc, path)) }

// Int reads a number of a document; 0 if it is none.
func Int(v any) int64 {
	switch x := v.(type) {
	case json.Number:
		n, _ := x.Int64()
		return n
	case int64:
		return x
	case int:
		return int64(x)
	case float64:
		return int64(x)
	}
	return 0
}

// At is a field of a document by its path; nil if there is none.
func At(doc map[string]any, path string) any {
	var v any = doc
	for name := range strings.SplitSeq(path, ".") {
		object, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = object[name]
	}
	return v
}

// MaxObjects is how many objects are remembered by default; the oldest are forgotten first. One
// takes about 2 kB.
const MaxObjects = 50_000

// MaxBytes is how much the documents of all objects may take together: their texts, and 64 bytes
// for each value. The newest object is kept all the same.
const MaxBytes = 256 << 20

// Store holds objects. Whoever uses it holds a lock.
type Store struct {
	Limit   int // of objects; 0 is MaxObjects
	last    int64
	objects map[int64]*Object
	byID    map[string]*Object
	first   int64 // no older serial is left
	bytes   int   // of all documents
}

func index(service, owner, name, value string) string {
	return service + "\x00" + owner + "\x00" + name + "\x00" + value
}

// Add remembers an object, under its numbers.
func (s *Store) Add(o *Object) {
	if s.objects == nil {
		s.objects = make(map[int64]*Object)
	}
	s.last++
	o.Serial = s.last
	s.objects[o.Serial] = o
	s.Index(o)
	s.Weigh(o)
}

// Weigh notes how much the document of an object takes by now, and forgets the oldest objects where
// all are too many, or take too much.
func (s *Store) Weigh(o *Object) {
	if s.objects[o.Serial] != o {
		return
	}
	now := weight(o.Doc)
	s.bytes += now - o.weight
	o.weight = now
	limit := s.Limit
	if limit == 0 {
		limit = MaxObjects
	}
	for len(s.objects) > limit || s.bytes > MaxBytes && len(s.objects) > 1 {
		s.first++
		s.forget(s.objects[s.first])
	}
}

// weight is about how many bytes a value takes.
func weight(v any) int {
	const each = 64
	n := each
	switch x := v.(type) {
	case string:
		n += len(x)
	case json.Number:
		n += len(x)
	case map[string]any:
		for name, item := range x {
			n += len(name) + weight(item)
		}
	case []any:
		for _, item := range x {
			n += weight(item)
		}
	}
	return n
}

// Index makes an object known by numbers that it has got since.
func (s *Store) Index(o *Object) {
	if s.byID == nil {
		s.byID = make(map[string]*Object)
	}
	for name, value := range o.IDs {
		s.byID[index(o.Service, o.Owner, name, value)] = o
	}
}

func (s *Store) forget(o *Object) {
	if o == nil {
		return
	}
	delete(s.objects, o.Serial)
	s.bytes -= o.weight
	o.weight = 0
	for name, value := range o.IDs {
		key := index(o.Service, o.Owner, name, value)
		if s.byID[key] == o {
			delete(s.byID, key)
		}
	}
}

// Find finds an object by one of its numbers; nil if there is none, or it was deleted.
func (s *Store) Find(service, owner, name, value string) *Object {
	o := s.byID[index(service, owner, name, value)]
	if o == nil || o.Deleted {
		return nil
	}
	return o
}

// All are the objects for which keep reports true, the oldest first; nil keeps all.
func (s *Store) All(keep func(*Object) bool) (list []*Object) {
	for n := s.first + 1; n <= s.last; n++ {
		if o := s.objects[n]; o != nil && (keep == nil || keep(o)) {
			list = append(list, o)
		}
	}
	return list
}

// Backward goes through all objects, the newest first.
func (s *Store) Backward() iter.Seq[*Object] {
	return func(yield func(*Object) bool) {
		for n := s.last; n > s.first; n-- {
			if o := s.objects[n]; o != nil && !yield(o) {
				return
			}
		}
	}
}

// Has reports whether a number is one of the object's.
func (o *Object) Has(number string) bool {
	for _, v := range o.IDs {
		if v == number {
			return true
		}
	}
	return false
}

// Get is the object with a serial; nil if there is none.
func (s *Store) Get(serial int64) *Object { return s.objects[serial] }

// Next is the serial that the next object gets.
func (s *Store) Next() int64 { return s.last + 1 }

// Len is how many objects there are.
func (s *Store) Len() int { return len(s.objects) }

// Reset forgets everything.
func (s *Store) Reset() { *s = Store{Limit: s.Limit} }

// Restore puts objects in the place of all that there are.
func (s *Store) Restore(list []*Object) {
	s.Reset()
	for _, o := range list {
		serial := o.Serial
		s.last = serial - 1
		if len(s.objects) == 0 {
			s.first = serial - 1
		}
		s.Add(o)
	}
}

// Copy is an object as it is now, for whoever reads it later.
func (o *Object) Copy() *Object {
	c := *o
	c.Doc, _ = Clone(o.Doc).(map[string]any)
	c.History = append([]Step(nil), o.History...)
	c.IDs = make(map[string]string, len(o.IDs))
	for k, v := range o.IDs {
		c.IDs[k] = v
	}
	return &c
}

// Clone copies a document.
func Clone(v any) any {
	switch x := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(x))
		for k, item := range x {
			out[k] = Clone(item)
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i, item := range x {
			out[i] = Clone(item)
		}
		return out
	}
	return v
}
