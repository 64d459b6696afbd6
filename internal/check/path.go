package check

import (
	"fmt"

	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// path refuses null in the requests of a path's operations. A reply may hold null for any value. A
// request never holds it, since unset fields are not sent.
func (c *checker) path(v source.Node, _ label) {
	walk := newSchemaWalk(c.set, c.noNull)
	for _, verb := range route.Verbs {
		operation := v.Get(verb)
		for _, from := range []source.Node{operation, v} {
			for _, p := range from.Get("parameters").Items() {
				walk.schema(c.set.Follow(p, source.Parameters).Get("schema"))
			}
		}
		walk.body(operation)
	}
}

func (c *checker) noNull(schema source.Node) (stop bool) {
	for _, t := range schema.Get("type").Items() {
		if t.Text() == "null" {
			c.faults.At(t, "null in what a request sends",
				"remove it: what is not set is not sent")
		}
	}
	return false
}

// aliases checks the second names of a path's parameters.
func (c *checker) aliases(v source.Node, l label) {
	if !v.IsMap() {
		c.fault(v, l, "x-wxpay-param-aliases must be a mapping, not "+kindOf(v),
			"write {applyment_id: [business_code]}")
	}
	for k, value := range v.Entries() {
		if !value.IsList() || value.Size() == 0 {
			c.fault(value, l, fmt.Sprintf("x-wxpay-param-aliases of %s must be a list of names",
				source.Clip(k.Text())), "")
		}
		for _, alias := range value.Items() {
			if _, err := names.Exported(alias.Text()); err != nil {
				c.fault(alias, l, "alias "+err.Error(), "")
			}
		}
	}
}
