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
	mend   string // how to mend a clash
}

// decl is what has a name, and where the description says so.
type decl struct {
	what string // "operation PreOrder"
	at   source.Node
}

func newScope(faults *source.Sink) *scope {
	return &scope{faults, map[string]decl{}, "give one of them an x-go-name"}
}

// add takes a name. If something else has it already, that is a fault that names both.
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

// reserve takes a name for generated code itself.
func (s *scope) reserve(name, what string) { s.names[name] = decl{what: what} }
