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

// Report is the result of a merge.
type Report struct {
	Operations int        // new operations and notifications
	New        []string   // their paths, or event types
	Fields     int        // new fields of known operations
	Values     int        // new enum values, likewise
	Removed    int        // parts that the pages no longer have and that Prune removed
	Faults     fault.List // pages that could not be merged, and unreadable files; by place

	// Contradictions are disagreements between pages and description, and parts of the description
	// that the pages no longer have; by place.
	Contradictions []*Contradiction
}

// A Contradiction is a place where a page and the description disagree.
type Contradiction struct {
	fault.Fault
	Operation string // "POST /v3/…", or an event
	What      string // without places; identifies the contradiction
	Name      bool   // only a name or label differs
}

// Options are the options of a merge.
type Options struct {
	Prune bool // remove parts that the pages no longer have
	// leave known operations unchanged: further parts on the pages are contradictions, too
	Keep bool
	// reports whether a contradiction is intended, so that the merge ignores it; may be nil
	Known func(operation, what string) bool
}

// merger is a running merge.
type merger struct {
	Options
	docs     docs
	existing map[string]*item // by template of the path, or event
	units    map[string]*unit
	added    map[addKey]*draft.Schema
	report   Report

	shared map[*yaml.Node]bool // nodes with several uses; computed when needed
}

// item is a path item or a notification of the description.
type item struct {
	doc  *doc
	path string
	node *yaml.Node
}

// unit is a scope of names: a service, or the notifications.
type unit struct {
	name      string
	webhooks  bool
	fresh     []*operation
	additions []*addition
	ids       map[string]naming.Operation // operationIds in use
	taken     map[string]bool             // type names in use
}

// reserve reserves the names of a file's components.
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

// addition is a new part of a known operation: a field, a parameter or a body.
type addition struct {
	doc    *doc
	owner  *draft.Owner
	side   bool // in a response
	schema *draft.Schema
	at     []string // its path of names, its own included
	insert func()   // called once its types have names
}

type addKey struct {
	into *yaml.Node
	name string
}
