package check

import (
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/parallel"
	"github.com/wxgen/wxgen/internal/source"
)

// All checks every document, and the fragments that $refs lead to.
func All(set source.Set, docs []*source.File, samples bool, faults *source.Sink) {
	checkers := make([]*checker, len(docs))
	parallel.Do(len(docs), func(i int) {
		checkers[i] = &checker{set: set, faults: faults, samples: samples}
		checkers[i].object(docs[i].Root, documentPart, label{"document", docs[i].Name})
	})
	rest := &checker{set: set, faults: faults, samples: samples}
	for _, c := range checkers {
		rest.loose = append(rest.loose, c.loose...)
	}
	rest.fragments()
}

// fragments checks each fragment once for each kind of part that it is used as.
func (c *checker) fragments() {
	type use struct {
		n  *yaml.Node
		of *part
	}
	done := map[use]bool{}
	for len(c.loose) > 0 {
		next := c.loose[0]
		c.loose = c.loose[1:]
		if u := (use{next.YAML, next.of}); !done[u] {
			done[u] = true
			c.object(next.Node, next.of, next.label)
		}
	}
}
