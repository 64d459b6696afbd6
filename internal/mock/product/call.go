package product

import (
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// Call is an accepted request, and who sent it.
type Call struct {
	*memory.Call
	Account *keys.Account
	URL     string // base URL of the server
}

// text is a field of the body.
func (c *Call) text(path string) string {
	s, _ := memory.At(c.Body, path).(string)
	return s
}

// int is a number of the body.
func (c *Call) int(path string) int64 { return memory.Int(memory.At(c.Body, path)) }

// number finds a name among the path's parameters, the query and the body.
func (c *Call) number(name string) string {
	if v := c.Args[name]; v != "" {
		return v
	}
	if v := c.Query[name]; v != "" {
		return v
	}
	return c.text(name)
}

// Answer is what a reply is made of.
type Answer struct {
	Object  *memory.Object // that the call was about; may be nil
	Given   map[string]any
	List    []any // of a reply that is a list
	Sparse  bool  // optional fields that are not given are left out
	Refusal *refuse.Error
	File    []byte
}
