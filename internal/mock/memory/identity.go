package memory

import (
	"slices"
	"strings"
	"sync"

	"github.com/wxgen/wxgen/internal/mock/desc"
)

// Identity describes the objects of an operation.
type Identity struct {
	Creates bool     // the operation creates an object
	Own     []string // names of the numbers that identify it
	Kind    string   // path of the collection, "/v3/payroll-card/authentications"
}

// Identities knows the identity of each operation, without code for each service. A body or reply
// field of an operation is a number of the object that the operation creates if a related path of
// the service has a parameter of the same name. Related paths are those below the operation's path,
// or below the beginning that both share.
type Identities struct {
	set   *desc.Set
	mu    sync.Mutex
	known map[*desc.Operation]*Identity
	// service -> names of numbers that its operations create
	created map[string]map[string]bool
}

// NewIdentities makes the rule for a description.
func NewIdentities(set *desc.Set) *Identities {
	return &Identities{set: set, known: make(map[*desc.Operation]*Identity),
		created: make(map[string]map[string]bool)}
}

// Of is the identity of an operation.
func (i *Identities) Of(op *desc.Operation) *Identity {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.of(op)
}

func (i *Identities) of(op *desc.Operation) *Identity {
	if known := i.known[op]; known != nil {
		return known
	}
	id := &Identity{}
	if op.Method == "POST" || op.Method == "PUT" {
		id.Own, id.Kind = i.own(op)
		id.Creates = len(id.Own) > 0
	}
	i.known[op] = id
	return id
}

// Creatable reports whether an operation of the service creates objects with a number of this name.
func (i *Identities) Creatable(service, name string) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	names := i.created[service]
	if names == nil {
		names = make(map[string]bool)
		for _, e := range i.set.Entries {
			if e.Service != service {
				continue
			}
			op, err := i.set.Load(e)
			if err != nil {
				continue
			}
			for _, own := range i.of(op).Own {
				names[own] = true
			}
		}
		i.created[service] = names
	}
	return names[name]
}

func (i *Identities) own(op *desc.Operation) (names []string, kind string) {
	fields, mine := fieldsOf(op), strings.Split(op.Path, "/")
	best := 0
	for _, e := range i.set.Entries {
		if e.Service != op.Service {
			continue
		}
		path := strings.Split(e.Path, "/")
		for n, segment := range path {
			name := parameter(segment)
			if name == "" || !fields[name] || slices.Contains(mine, segment) || contextual(name) {
				continue
			}
			switch score := shared(path[:n], mine); {
			case score > best:
				best, names, kind = score, []string{name}, strings.Join(path[:score], "/")
			case score == best && !slices.Contains(names, name):
				names = append(names, name)
			}
		}
	}
	if names == nil {
		names, kind = outward(op), op.Path
	}
	return names, kind
}

// shared counts the equal segments at the beginning of two paths.
func shared(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// outward are the merchant's own numbers in a body whose objects have no path.
func outward(op *desc.Operation) (names []string) {
	if op.Body == nil {
		return nil
	}
	for _, f := range op.Body.Fields {
		if strings.HasPrefix(f.Name, "out_") && strings.HasSuffix(f.Name, "_no") &&
			!strings.Contains(op.Path, "{"+f.Name+"}") {
			names = append(names, f.Name)
		}
	}
	return names
}

func parameter(segment string) string {
	if strings.HasPrefix(segment, "{") {
		return strings.Trim(segment, "{}")
	}
	return ""
}

// contextual reports whether a name identifies a person or a context and not an object.
func contextual(name string) bool {
	switch name {
	case "openid", "appid", "mchid", "sub_mchid", "sp_mchid", "brand_id", "service_id", "plan_id",
		"sub_appid":
		return true
	}
	return false
}

func fieldsOf(op *desc.Operation) map[string]bool {
	fields := map[string]bool{}
	for _, s := range []*desc.Schema{op.Body, op.Reply} {
		if s == nil {
			continue
		}
		for _, f := range s.Fields {
			fields[f.Name] = true
		}
	}
	return fields
}
