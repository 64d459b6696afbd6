package sample

import (
	"hash/fnv"
	"time"

	"github.com/wxgen/wxgen/internal/mock/desc"
)

// Maker makes values.
type Maker struct {
	Seed string
	Now  time.Time
	// of the optional fields, only those that are given
	Sparse bool
	// of all fields, only those that are given
	Exact bool
	// what is known of a field by its name; may be nil
	Echo func(at, name string, s *desc.Schema) (v any, ok bool)
	// of fields that hold a URL; may be nil
	URL func(name string) string
	// values of the fields that say who calls, by name; may be nil
	Who map[string]string
}

// hash is a number that follows from the seed and the place.
func (m *Maker) hash(at string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(m.Seed))
	h.Write([]byte(at))
	return h.Sum64()
}
