package load

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// serviceGroup holds every path of one service, from all files.
type serviceGroup struct {
	name    string
	entries []*entry       // by path, then by file
	docs    []*source.File // the documents with these paths
}

// segment is the service's segment in its paths.
func (s *serviceGroup) segment() string { return path.Base(s.name) }

// entry is one path in one file.
type entry struct {
	path     string
	segments []string    // those after the service's own
	key      source.Node // the path's key
	item     source.Node // the path item, $refs followed
	part     *selection
}

// group sorts the paths of all documents into services.
func group(set source.Set, docs []*source.File, in *selection,
	faults *source.Sink) []*serviceGroup {
	services := map[string]*serviceGroup{}
	for _, f := range docs {
		for k, v := range f.Root.Get("paths").Entries() {
			if fault, _ := route.Fault(k.Text()); fault != "" {
				continue
			}
			e := newEntry(set, k, v, in)
			if !e.wanted() {
				continue
			}
			name := route.Service(e.path)
			s := services[name]
			if s == nil {
				s = &serviceGroup{name: name}
				services[name] = s
			}
			s.entries = append(s.entries, e)
			if !slices.Contains(s.docs, f) {
				s.docs = append(s.docs, f)
			}
		}
	}
	groups := make([]*serviceGroup, 0, len(services))
	for _, name := range slices.SortedFunc(maps.Keys(services), route.Compare) {
		s := services[name]
		slices.SortStableFunc(s.entries, func(a, b *entry) int {
			return cmp.Compare(a.path, b.path)
		})
		s.templates(faults)
		groups = append(groups, s)
	}
	return groups
}

func newEntry(set source.Set, k, v source.Node, p *selection) *entry {
	e := &entry{path: k.Text(), key: k, item: set.Follow(v, source.PathItems).Node, part: p}
	e.segments = strings.Split(strings.TrimSuffix(e.path, "/"), "/")[3:]
	return e
}

// wanted reports whether the path is wanted, and one of its operations.
func (e *entry) wanted() bool {
	mine := func(verb string) bool { v := e.item.Get(verb); return v.OK() && e.part.role(v) }
	return e.part.path(e.path) && (len(e.part.roles) == 0 || slices.ContainsFunc(route.Verbs, mine))
}

// templates reports paths that differ in the names of parameters alone: on the wire they are one
// path.
func (s *serviceGroup) templates(faults *source.Sink) {
	first := map[string]*entry{}
	for _, e := range s.entries {
		outline := slices.Clone(e.segments)
		for i, segment := range outline {
			if _, ok := route.Parameter(segment); ok {
				outline[i] = "{}"
			}
		}
		key := strings.Join(outline, "/")
		if strings.HasSuffix(e.path, "/") {
			key += "/"
		}
		if f := first[key]; f == nil {
			first[key] = e
		} else if f.path != e.path {
			faults.At(e.key, fmt.Sprintf("path %s is %s at %s but for the names of parameters",
				e.path, f.path, f.key.Place()),
				"keep one, and write the other's names under its x-wxpay-param-aliases")
		}
	}
}
