package load

import (
	"fmt"

	"github.com/wxgen/wxgen/internal/source"
)

// scope holds the Go names of one block of generated code: a package, a struct, the methods of a
// link of the chain.
type scope struct {
	faults *source.Sink
	names  map[string]decl
	mend   string // the mend for a clash
}

// decl is the owner of a name, and its place in the description.
type decl struct {
	what string // "operation PreOrder"
	at   source.Node
}

func newScope(faults *source.Sink) *scope {
	return &scope{faults, map[string]decl{}, "give one of them an x-go-name"}
}

// add claims a name. If the name is taken, it reports a fault that names both owners.
func (s *scope) add(name, what string, at source.Node) bool {
	first, taken := s.names[name]
	if !taken {
		s.names[name] = decl{what, at}
		return true
	}
	if !first.at.OK() {
		s.faults.At(at, fmt.Sprintf("%s is called %s in Go, and so is %s", what, name, first.what),
			"give it an x-go-name")
		return false
	}
	s.faults.At(at, fmt.Sprintf("%s is called %s in Go, and so is %s at %s", what, name, first.what,
		first.at.Place()), s.mend)
	return false
}

// reserve claims a name for generated code itself.
func (s *scope) reserve(name, what string) { s.names[name] = decl{what: what} }
