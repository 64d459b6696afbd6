package load

import (
	"io/fs"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/source"
)

// Options say what to read and how to report it.
type Options struct {
	Name string // shown before file names in positions, as "spec/"
	// services ("payroll-card", "brand/marketing"), operations by path ("/v3/pay/**"), "webhooks";
	// all if empty
	Include []string
	Exclude []string // what not to read of that, said in the same way
	// those whose operations are wanted ("merchant", "partner"); all if empty
	Roles    []string
	Layers   []Layer           // what lies over the description, the lowest first
	Examples bool              // hold examples against their schemas, too
	Warn     func(fault.Fault) // called, in order, with what a person has to decide; may be nil
	// called now and then, never by two goroutines at once; total grows once; may be nil
	Progress  func(done, total int)
	AllowTODO bool // open questions of an import are warnings
}

// A Layer lies over the description: a folder of YAML files and overlays, or one overlay.
type Layer struct {
	Files fs.FS
	Name  string // shown before the names of its files
	File  string // the only one of the files to read, an overlay; all of them if empty
}

// names are the files of a layer.
func (l Layer) names() ([]string, error) {
	if l.File != "" {
		return []string{l.File}, nil
	}
	return source.Find(l.Files)
}
