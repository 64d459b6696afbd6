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
	// leave out optional fields that are not given
	Sparse bool
	// leave out all fields that are not given
	Exact bool
	// known values of fields, by name; may be nil
	Echo func(at, name string, s *desc.Schema) (v any, ok bool)
	// values of URL fields; may be nil
	URL func(name string) string
	// values of the fields about the caller, by name; may be nil
	Who map[string]string
}

// hash is a number derived from the seed and the place.
func (m *Maker) hash(at string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(m.Seed))
	h.Write([]byte(at))
	return h.Sum64()
}
