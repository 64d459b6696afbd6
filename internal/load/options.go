package load

import (
	"io/fs"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/source"
)

// Options say which parts to read and how to report.
type Options struct {
	Name string // prefix of file names in positions, as "spec/"
	// services ("payroll-card", "brand/marketing"), operations by path ("/v3/pay/**"), "webhooks";
	// all if empty
	Include []string
	Exclude []string // parts not to read, in the same form
	// include the services and notifications that the layers describe, and else only the parts in
	// Include
	Layered bool
	// kinds of callers to read operations for ("merchant", "partner"); all if empty
	Roles  []string
	Layers []Layer // the lowest first
	// the description below the layers is in canonical layout and has no faults: files that the
	// wanted operations do not need are not read
	Sound    bool
	Examples bool              // check examples against their schemas, too
	Warn     func(fault.Fault) // gets the warnings, in order; may be nil
	// called from time to time, from one goroutine at once; total may grow; may be nil
	Progress  func(done, total int)
	AllowTODO bool // open questions of an import are warnings
}

// A Layer goes over the description: a folder of YAML files and overlays, or one overlay.
type Layer struct {
	Files fs.FS
	Name  string // prefix of its file names in messages
	File  string // an overlay, the only file to read; all files if empty
}

// names are the files of a layer.
func (l Layer) names() ([]string, error) {
	if l.File != "" {
		return []string{l.File}, nil
	}
	return source.Find(l.Files)
}
