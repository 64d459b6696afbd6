package wire

import (
	"cmp"
	"reflect"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// shape describes a Go type for the codec.
type shape struct {
	t       reflect.Type
	kind    shapeKind
	reads   readMethod
	asJSON  writeMethod // MarshalJSON
	asText  writeMethod // MarshalText
	sealed  bool        // it is a Sealed
	elem    *shape      // of a pointer, list, map or quoted value
	members []member
	byName  map[string]*member
	byFold  map[string]*member // by folded name
}

type shapeKind uint8

const (
	noShape shapeKind = iota // it has no JSON form
	stringShape
	numberShape // json.Number
	boolShape
	intShape
	uintShape
	floatShape
	quotedShape // one of the above, tagged "string"
	pointerShape
	bytesShape
	sliceShape
	arrayShape
	mapShape
	structShape
	interfaceShape
)

// plain returns s without the type's methods: they cannot be called, or must not be.
func (s *shape) plain() *shape {
	p := *s
	p.reads, p.asJSON, p.asText, p.sealed = readsPlainly, nobodyWrites, nobodyWrites, false
	return &p
}

// member is a field of a struct, or of an embedded one.
type member struct {
	name   string
	key    []byte // the written form: the name in quotes, and a colon
	index  []int
	tagged bool // the name is that of a tag
	shape  *shape

	omitEmpty, omitZero bool
	asksZero            bool // for omitZero: the type has IsZero
}

// of returns the field of v. If fill is true it allocates nil pointers on the way. It returns the
// zero Value if a pointer stays nil.
func (m *member) of(v reflect.Value, fill bool) reflect.Value {
	if len(m.index) == 1 {
		return v.Field(m.index[0])
	}
	return m.embedded(v, fill)
}

func (m *member) embedded(v reflect.Value, fill bool) reflect.Value {
	for n, i := range m.index {
		if n > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !fill || !v.CanSet() {
					return reflect.Value{}
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}

// named finds a member as encoding/json does: by its exact name, else regardless of case.
func (s *shape) named(name []byte) *member {
	if m := s.byName[string(name)]; m != nil {
		return m
	}
	var buf [64]byte
	return s.byFold[string(appendFolded(buf[:0], name))]
}

// appendFolded appends name with one form for letters that differ in case alone.
func appendFolded(b, name []byte) []byte {
	for len(name) > 0 {
		r, size := utf8.DecodeRune(name)
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			if next < r {
				r = next
				break
			}
		}
		b, name = utf8.AppendRune(b, r), name[size:]
	}
	return b
}

// shapes holds the shape of every type used so far, for the life of the program.
var shapes struct {
	sync.RWMutex
	of map[reflect.Type]*shape
}

func shapeOf(t reflect.Type) *shape {
	shapes.RLock()
	s := shapes.of[t]
	shapes.RUnlock()
	if s != nil {
		return s
	}
	shapes.Lock()
	defer shapes.Unlock()
	if shapes.of == nil {
		shapes.of = make(map[reflect.Type]*shape)
	}
	return draft(shapes.of).shape(t)
}

// draft makes shapes. It also holds unfinished ones, so that types may refer to themselves.
type draft map[reflect.Type]*shape

func (d draft) shape(t reflect.Type) *shape {
	if s := d[t]; s != nil {
		return s
	}
	s := &shape{t: t}
	d[t] = s
	// the codec asks the value behind them instead
	if t.Kind() != reflect.Pointer && t.Kind() != reflect.Interface {
		s.asJSON, s.asText = writing(t, jsonMarshaler), writing(t, textMarshaler)
		s.reads, s.sealed = reading(t), t.Implements(sealedType)
	}
	d.fill(s)
	return s
}

func (d draft) fill(s *shape) {
	switch t := s.t; t.Kind() {
	case reflect.String:
		if s.kind = stringShape; t == jsonNumber {
			s.kind = numberShape
		}
	case reflect.Bool:
		s.kind = boolShape
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		s.kind = intShape
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Uintptr:
		s.kind = uintShape
	case reflect.Float32, reflect.Float64:
		s.kind = floatShape
	case reflect.Pointer:
		s.kind, s.elem = pointerShape, d.shape(t.Elem())
	case reflect.Slice:
		if s.kind, s.elem = sliceShape, d.shape(t.Elem()); t.Elem().Kind() == reflect.Uint8 {
			s.kind = bytesShape
		}
	case reflect.Array:
		s.kind, s.elem = arrayShape, d.shape(t.Elem())
	case reflect.Map:
		if k := t.Key(); keyKind(k) != noShape || k.Implements(textMarshaler) ||
			reflect.PointerTo(k).Implements(textUnmarshaler) {
			s.kind, s.elem = mapShape, d.shape(t.Elem())
		}
	case reflect.Interface:
		s.kind = interfaceShape
	case reflect.Struct:
		s.kind = structShape
		s.members = dominant(d.collect(t))
		s.byName, s.byFold = make(map[string]*member), make(map[string]*member)
		for i := range s.members {
			m := &s.members[i]
			s.byName[m.name] = m
			if folded := string(appendFolded(nil, []byte(m.name))); s.byFold[folded] == nil {
				s.byFold[folded] = m
			}
		}
	}
}

// keyKind tells strings and integers apart. It returns noShape for others, which are keys only if
// they marshal to text.
func keyKind(t reflect.Type) shapeKind {
	switch t.Kind() {
	case reflect.String:
		return stringShape
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return intShape
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Uintptr:
		return uintShape
	}
	return noShape
}

// embedding is an embedded struct with the fields that lead to it.
type embedding struct {
	t     reflect.Type
	index []int
	twice bool // embedded more than once at its depth
}

// collect returns the members of t and of its embedded structs, by depth. A struct counts at its
// least depth. Members of a struct that is embedded twice are listed twice.
func (d draft) collect(t reflect.Type) (all []member) {
	visited := make(map[reflect.Type]bool)
	for level := []embedding{{t: t}}; len(level) > 0; {
		var next []embedding
		for _, e := range level {
			if visited[e.t] {
				continue
			}
			visited[e.t] = true
			for i := range e.t.NumField() {
				f := e.t.Field(i)
				m, inner := d.member(f, append(slices.Clip(e.index), i))
				switch {
				case inner != nil:
					again := slices.IndexFunc(next, func(n embedding) bool { return n.t == inner })
					if again >= 0 {
						next[again].twice = true
					} else {
						next = append(next, embedding{t: inner, index: m.index})
					}
				case m.shape != nil && e.twice:
					all = append(all, m, m)
				case m.shape != nil:
					all = append(all, m)
				}
			}
		}
		level = next
	}
	return all
}

// member reads the tag of a field. It returns a member, an embedded struct, or neither.
func (d draft) member(f reflect.StructField, index []int) (m member, inner reflect.Type) {
	to := f.Type // what an embedded pointer points to
	if to.Kind() == reflect.Pointer && to.Name() == "" {
		to = to.Elem()
	}
	tag := f.Tag.Get("json")
	name, flags, _ := strings.Cut(tag, ",")
	if !isName(name) {
		name = ""
	}
	m = member{name: cmp.Or(name, f.Name), index: index, tagged: name != ""}
	switch {
	case tag == "-" || !f.IsExported() && !(f.Anonymous && to.Kind() == reflect.Struct):
		return m, nil
	case f.Anonymous && to.Kind() == reflect.Struct && name == "":
		return m, to
	}
	if m.shape = d.shape(f.Type); !f.IsExported() {
		m.shape = m.shape.plain()
	}
	m.key = append(AppendText(nil, []byte(m.name)), ':')
	m.flag(flags, f)
	return m, nil
}

// isName reports whether encoding/json accepts the name in a tag.
func isName(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) &&
			!strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r)
	})
}

// flag applies the options of a tag.
func (m *member) flag(flags string, f reflect.StructField) {
	for flag := range strings.SplitSeq(flags, ",") {
		switch flag {
		case "omitempty":
			m.omitEmpty = true
		case "omitzero":
			m.omitZero = true
			m.asksZero = f.IsExported() &&
				(f.Type.Implements(zeroAsker) || reflect.PointerTo(f.Type).Implements(zeroAsker))
		case "string":
			m.shape = quoted(m.shape)
		}
	}
}

// quoted wraps the shape of a scalar.
func quoted(s *shape) *shape {
	scalar := s
	if s.kind == pointerShape && s.t.Name() == "" {
		scalar = s.elem
	}
	if noShape < scalar.kind && scalar.kind < quotedShape {
		return &shape{kind: quotedShape, t: s.t, elem: s}
	}
	return s
}

// rank orders the members of one name: by depth, and at one depth those with a tag first.
func (m *member) rank() int {
	if m.tagged {
		return 2 * len(m.index)
	}
	return 2*len(m.index) + 1
}

// dominant keeps the member of first rank for each name, in the order of the fields. It keeps none
// if two share that rank.
func dominant(all []member) (kept []member) {
	first, count := make(map[string]int), make(map[string]int)
	for _, m := range all {
		if rank, known := first[m.name]; !known || m.rank() < rank {
			first[m.name], count[m.name] = m.rank(), 0
		}
		if m.rank() == first[m.name] {
			count[m.name]++
		}
	}
	for _, m := range all {
		if m.rank() == first[m.name] && count[m.name] == 1 {
			kept = append(kept, m)
		}
	}
	sort.Slice(kept, func(i, j int) bool {
		return slices.Compare(kept[i].index, kept[j].index) < 0
	})
	return kept
}
