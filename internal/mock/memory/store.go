package memory

import (
	"encoding/json"
	"iter"
)

// MaxObjects is the default number of remembered objects. The oldest are forgotten first. One takes
// about 2 kB.
const MaxObjects = 50_000

// MaxBytes bounds the size of all objects' documents: their texts, and 64 bytes for each value. The
// newest object is always kept.
const MaxBytes = 256 << 20

// Store holds objects. Its user holds a lock.
type Store struct {
	Limit   int // number of objects; 0 means MaxObjects
	last    int64
	objects map[int64]*Object
	byID    map[string]*Object
	first   int64 // the oldest remaining serial, or an older one
	bytes   int   // size of all documents
}

func index(service, owner, name, value string) string {
	return service + "\x00" + owner + "\x00" + name + "\x00" + value
}

// Add adds an object with its numbers.
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

// Weigh updates the size of an object's document, and forgets the oldest objects beyond the limits.
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

// weight is the approximate size of a value in bytes.
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

// Index adds new numbers of an object to the index.
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

// All returns the objects for which keep reports true, the oldest first; a nil keep keeps all.
func (s *Store) All(keep func(*Object) bool) (list []*Object) {
	for n := s.first + 1; n <= s.last; n++ {
		if o := s.objects[n]; o != nil && (keep == nil || keep(o)) {
			list = append(list, o)
		}
	}
	return list
}

// Backward yields all objects, the newest first.
func (s *Store) Backward() iter.Seq[*Object] {
	return func(yield func(*Object) bool) {
		for n := s.last; n > s.first; n-- {
			if o := s.objects[n]; o != nil && !yield(o) {
				return
			}
		}
	}
}

// Get returns the object with a serial; nil if there is none.
func (s *Store) Get(serial int64) *Object { return s.objects[serial] }

// Next is the serial of the next object.
func (s *Store) Next() int64 { return s.last + 1 }

// Len is the number of objects.
func (s *Store) Len() int { return len(s.objects) }

// Reset forgets everything.
func (s *Store) Reset() { *s = Store{Limit: s.Limit} }

// Restore replaces all objects.
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
