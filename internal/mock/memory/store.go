package memory

import (
	"encoding/json"
	"iter"
)

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
