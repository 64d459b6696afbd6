package judge

import "github.com/wxgen/wxgen/internal/mock/desc"

// Message is the content of an accepted request, with sealed fields in clear.
type Message struct {
	Operation *desc.Operation
	Args      map[string]string
	Query     map[string]string
	Header    map[string]string // described headers
	Body      map[string]any    // nil if the body is no object
	List      []any             // a body that is a list
	Clear     []byte            // the body as JSON; nil if there is none
	File      *File
}
