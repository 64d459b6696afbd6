package merge

import (
	"maps"
	"slices"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/naming"
	"github.com/wxgen/wxgen/internal/route"
)

// Report says what a merge did.
type Report struct {
	Operations int        // new ones, notifications included
	New        []string   // their paths, or event types
	Fields     int        // added to operations that were there
	Values     int        // of enums, likewise
	Removed    int        // parts that the pages no longer have, when they are to be followed
	Faults     fault.List // pages that could not be merged, files that could not be read; by place

	// Contradictions are where pages and description disagree, and what the description has that
	// its page has no more; by place.
	Contradictions []*Contradiction
}

// A Contradiction is a place where a page and the description disagree.
type Contradiction struct {
	fault.Fault
	Operation string // "POST /v3/…", or an event
	What      string // how they disagree, without places: what it is known by
	Name      bool   // it is about what something is called, and no more
}

// Options say how to merge.
type Options struct {
	Prune bool // take away what the pages no longer have
	// change nothing in operations that are there: what the pages have beyond them is a
	// contradiction, too
	Keep bool
	// of a contradiction: it is meant, and nothing is done about it; may be nil
	Known func(operation, what string) bool
}

// merger is a merge on its way.
type merger struct {
	Options
	docs     docs
	existing map[string]*item // by template of the path, or event
	units    map[string]*unit
	added    map[addKey]*draft.Schema
	report   Report

	shared map[*yaml.Node]bool // what several places use; made when it is asked for
}

// item is a path item or a notification of the description.
type item struct {
	doc  *doc
	path string
	node *yaml.Node
}

// unit is what shares names: a service, or the notifications.
type unit struct {
	name      string
	webhooks  bool
	fresh     []*operation
	additions []*addition
	ids       map[string]naming.Operation // operationIds in use
	taken     map[string]bool             // type names in use
}

// reserve takes the names of a file's components out of the pool.
func (u *unit) reserve(d *doc) {
	for key := range layout.Pairs(layout.Get(d.root(), "components", "schemas")) {
		u.taken[key.Value] = true
	}
}

// unit returns the service of a path; "" stands for the notifications.
func (m *merger) unit(path string) *unit {
	name := ""
	if path != "" {
		name = route.Service(path)
	}
	if m.units[name] == nil {
		m.units[name] = &unit{name: name, webhooks: name == "", ids: map[string]naming.Operation{},
			taken: map[string]bool{}}
	}
	return m.units[name]
}

func (m *merger) unitsInOrder() []*unit {
	var out []*unit
	for _, k := range slices.Sorted(maps.Keys(m.units)) {
		out = append(out, m.units[k])
	}
	return out
}

func (m *merger) fault(file string, line, col int, what, mend string) {
	m.report.Faults = append(m.report.Faults,
		fault.Fault{File: file, Line: line, Col: col, What: what, Mend: mend})
}

// addition is something new for an operation that is in the description: a field, a parameter or a
// body.
type addition struct {
	doc    *doc
	owner  *draft.Owner
	side   bool // in a response
	schema *draft.Schema
	at     []string // the way to it, its own name included
	insert func()   // once its types have names
}

type addKey struct {
	into *yaml.Node
	name string
}
