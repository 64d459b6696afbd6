package load

import (
	"fmt"
	"slices"
	"time"
)

// Roles are those who call WeChat Pay, as x-wxpay-roles names them.
var Roles = []string{"merchant", "partner", "platform", "institution", "channel", "brand"}

// facts checks what an operation or notification says of its audience and history.
func (c *checker) facts(v view, l label) {
	for _, role := range v.get("x-wxpay-roles").items() {
		if role.isString() && !slices.Contains(Roles, role.text()) {
			c.fault(role, l, fmt.Sprintf("unknown role %q", clip(role.text())), oneOf(role.text(), Roles))
		}
	}
	c.links(v, l)
	for _, key := range []string{"tags", "x-wxpay-roles"} {
		c.once(v.get(key), key, l)
	}
	if day := v.get("x-wxpay-updated"); day.ok() && !day.cut() {
		if _, err := time.Parse(time.DateOnly, day.text()); err != nil {
			c.fault(day, l, "x-wxpay-updated must be a date, not "+kindOf(day), "write one like 2025-01-31")
		}
	}
}

// once refuses an empty text, and one that a list has already.
func (c *checker) once(v view, key string, l label) {
	seen := map[string]bool{}
	for _, item := range v.items() {
		switch {
		case !item.isString():
		case item.text() == "":
			c.fault(item, l, key+" holds an empty text", "remove it")
		case seen[item.text()]:
			c.fault(item, l, fmt.Sprintf("%s has %s twice", key, clip(item.text())), "remove one")
		}
		seen[item.text()] = true
	}
}

// errorCode checks one entry of x-wxpay-errors.
func (c *checker) errorCode(v view, l label) {
	switch status, code := v.get("status"), v.get("code"); {
	case !v.has("code"):
		c.fault(v, l, "an entry without code", "write {status: 400, code: PARAM_ERROR, label: 参数错误}")
	case code.isString() && code.text() == "":
		c.fault(code, l, "an empty code", "write one like PARAM_ERROR")
	case !status.ok():
		c.fault(v, l, "an entry without status", "write {status: 400, code: PARAM_ERROR, label: 参数错误}")
	case isCount(status) && (len(status.text()) != 3 || status.text() < "400" || status.text() > "599"):
		c.fault(status, l, "status "+clip(status.text())+" is no error", "write one from 400 to 599")
	}
}
