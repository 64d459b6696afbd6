package load

import (
	"fmt"
	"slices"
	"strings"
)

func (c *checker) parameter(v view, l label) {
	for _, key := range []string{"name", "in", "schema"} {
		if !v.has(key) {
			c.fault(v, l, "no "+key, "")
		}
	}
	in := v.get("in")
	switch in.text() {
	case "path":
		if !v.is("required") {
			c.fault(v, l, "a path parameter is always required", "write required: true")
		}
		c.paramSchema(v, l, "string", "integer")
	case "query":
		c.paramSchema(v, l, "string", "integer", "number", "boolean", "array")
	case "header":
		c.headerName(v.get("name"), l)
		c.paramSchema(v, l, "string")
	case "cookie":
		c.fault(in, l, "cookie parameters are not supported", "")
	default:
		if in.isString() {
			c.fault(in, l, fmt.Sprintf("unknown place %q", clip(in.text())), "write path, query or header")
		}
	}
	c.style(v, l)
	c.examples(v, v.get("schema"), l)
}

// style holds a parameter to the ways of writing that WeChat Pay uses, which are OpenAPI's defaults.
func (c *checker) style(v view, l label) {
	want, explode := "simple", "false"
	if v.get("in").text() == "query" {
		want, explode = "form", "true"
	}
	if s := v.get("style"); s.ok() && s.text() != want {
		c.fault(s, l, fmt.Sprintf("style %s is not supported", clip(s.text())), "remove it")
	}
	if e := v.get("explode"); e.ok() && e.text() != explode && v.get("in").text() == "query" {
		c.fault(e, l, "explode: false is not supported", "remove it: the values of an array are repeated keys")
	}
}

// notTheirs are the headers that runtime and net/http write.
var notTheirs = []string{"Accept", "Authorization", "Connection", "Content-Length", "Content-Type", "Host", "Transfer-Encoding", "User-Agent"}

// headerName refuses the headers that are not the caller's, and what is no header.
func (c *checker) headerName(name view, l label) {
	switch {
	case !name.isString():
	case slices.ContainsFunc(notTheirs, func(h string) bool { return strings.EqualFold(h, name.text()) }):
		c.fault(name, l, "the runtime writes this header", "remove it")
	case name.text() == "" || strings.ContainsFunc(name.text(), func(r rune) bool { return r != '-' && r != '_' && !alphanumeric(r) }):
		c.fault(name, l, "not the name of a header", "write one like Idempotency-Key")
	}
}

func (c *checker) paramSchema(v view, l label, allowed ...string) {
	s := c.set.follow(v.get("schema"), schemas)
	t := typeOf(s.view)
	if !s.isMap() || t == "" && s.has("type") {
		return
	}
	if t == "array" && slices.Contains(allowed, t) {
		s, allowed = c.set.follow(s.get("items"), schemas), []string{"string", "integer"}
		if t = typeOf(s.view); !s.isMap() {
			return
		}
	}
	at := s.get("type")
	if !at.ok() {
		at = v.get("schema")
	}
	where := v.get("in").text()
	if !slices.Contains(allowed, t) {
		c.fault(at, l, fmt.Sprintf("a %s parameter cannot be %s", where, article(t)), "it can be "+strings.Join(allowed, ", "))
	}
	if k := s.key("contentMediaType"); k.ok() && where != "query" {
		c.fault(k, l, "contentMediaType has no meaning in a "+where+" parameter", "")
	}
	if k := s.key("x-wxpay-sensitive"); k.ok() && where == "header" {
		c.fault(k, l, "a sensitive header is not supported", "")
	}
}

func article(typ string) string {
	switch typ {
	case "":
		return "of any type"
	case "object", "array", "integer":
		return "an " + typ
	}
	return "a " + typ
}
