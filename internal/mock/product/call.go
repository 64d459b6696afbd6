package product

import (
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// Call is an accepted request with its account.
type Call struct {
	*memory.Call
	Account *keys.Account
	URL     string // base URL of the server
}

// text is a text field of the body.
func (c *Call) text(path string) string {
	s, _ := memory.At(c.Body, path).(string)
	return s
}

// int is a number field of the body.
func (c *Call) int(path string) int64 { return memory.Int(memory.At(c.Body, path)) }

// number finds a value by its name in the path's parameters, the query or the body.
func (c *Call) number(name string) string {
	if v := c.Args[name]; v != "" {
		return v
	}
	if v := c.Query[name]; v != "" {
		return v
	}
	return c.text(name)
}

// Answer is the content of a reply.
type Answer struct {
	Object  *memory.Object // the object of the call; may be nil
	Given   map[string]any
	List    []any // a reply that is a list
	Sparse  bool  // leave out optional fields that are not given
	Refusal *refuse.Error
	File    []byte
}
