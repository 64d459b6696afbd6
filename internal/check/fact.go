package check

import (
	"fmt"
	"slices"
	"time"

	"github.com/wxgen/wxgen/internal/source"
)

// Roles are the kinds of callers of WeChat Pay, the values of x-wxpay-roles.
var Roles = []string{"merchant", "partner", "platform", "institution", "channel", "brand"}

// facts checks the audience and history of an operation or notification.
func (c *checker) facts(v source.Node, l label) {
	for _, role := range v.Get("x-wxpay-roles").Items() {
		if role.IsString() && !slices.Contains(Roles, role.Text()) {
			c.fault(role, l, fmt.Sprintf("unknown role %q", source.Clip(role.Text())),
				oneOf(role.Text(), Roles))
		}
	}
	c.links(v, l)
	for _, key := range []string{"tags", "x-wxpay-roles"} {
		c.once(v.Get(key), key, l)
	}
	if day := v.Get("x-wxpay-updated"); day.OK() && !day.Pruned() {
		if _, err := time.Parse(time.DateOnly, day.Text()); err != nil {
			c.fault(day, l, "x-wxpay-updated must be a date, not "+kindOf(day),
				"write one like 2025-01-31")
		}
	}
}

// once refuses an empty text, and a text that a list has twice.
func (c *checker) once(v source.Node, key string, l label) {
	seen := map[string]bool{}
	for _, item := range v.Items() {
		switch {
		case !item.IsString():
		case item.Text() == "":
			c.fault(item, l, key+" holds an empty text", "remove it")
		case seen[item.Text()]:
			c.fault(item, l, fmt.Sprintf("%s has %s twice", key, source.Clip(item.Text())),
				"remove one")
		}
		seen[item.Text()] = true
	}
}

// errorCode checks one entry of x-wxpay-errors.
func (c *checker) errorCode(v source.Node, l label) {
	switch status, code := v.Get("status"), v.Get("code"); {
	case !v.Has("code"):
		c.fault(v, l, "an entry without code",
			"write {status: 400, code: PARAM_ERROR, label: 参数错误}")
	case code.IsString() && code.Text() == "":
		c.fault(code, l, "an empty code", "write one like PARAM_ERROR")
	case !status.OK():
		c.fault(v, l, "an entry without status",
			"write {status: 400, code: PARAM_ERROR, label: 参数错误}")
	case isCount(status) &&
		(len(status.Text()) != 3 || status.Text() < "400" || status.Text() > "599"):
		c.fault(status, l, "status "+source.Clip(status.Text())+" is no error",
			"write one from 400 to 599")
	}
}
