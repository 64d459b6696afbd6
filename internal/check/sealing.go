package check

import (
	"strings"

	"github.com/wxgen/wxgen/internal/source"
)

// sealing warns of an operation that sends fields and the serial of a sealing key, and seals no
// field.
func (c *checker) sealing(v source.Node, l label) {
	var serial source.Node
	fields, sealed := v.Has("requestBody"), false
	walk := newSchemaWalk(c.set, func(s source.Node) bool {
		sealed = sealed || s.Is("x-wxpay-sensitive")
		return sealed
	})
	for _, item := range v.Get("parameters").Items() {
		p := c.set.Follow(item, source.Parameters)
		switch in := p.Get("in").Text(); {
		case in == "header" && strings.EqualFold(p.Get("name").Text(), "Wechatpay-Serial"):
			serial = item
		case in == "query":
			fields = true
			walk.schema(p.Get("schema"))
		}
	}
	if !serial.OK() || !fields {
		return
	}
	walk.body(v)
	if !sealed {
		c.faults.Warn(serial, l.String()+": Wechatpay-Serial is sent, and no field of the "+
			"request is x-wxpay-sensitive",
			"write x-wxpay-sensitive: true at the fields that are encrypted")
	}
}
