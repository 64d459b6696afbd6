package product

import (
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/memory"
)

// files are what download addresses lead to.
type files struct{ last int64 }

// bill answers calls for bills and other files; nil says that a call is none.
func (p *Products) bill(c *Call) *Answer {
	if c.Operation.ReplyKind != desc.File {
		return nil
	}
	return &Answer{File: []byte("wxgen mock: a file\n")}
}

// Link is an address that a reply gives out.
func (p *Products) Link(op *desc.Operation, c *memory.Call, name, url string) string {
	return url + "/v3/billdownload/file?token=test"
}
