package memory

import (
	"time"

	"github.com/wxgen/wxgen/internal/mock/judge"
)

// Call is an accepted request.
type Call struct {
	*judge.Message
	Owner    string
	Now      time.Time
	Exchange int64
	Invent   bool // make up unknown objects
}

// said are the fields in a call.
func said(c *Call) map[string]any {
	doc := map[string]any{}
	for name, v := range c.Query {
		doc[name] = v
	}
	for name, v := range c.Args {
		doc[name] = v
	}
	for name, v := range c.Body {
		doc[name] = Clone(v)
	}
	return doc
}
