package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/spell"
)

// parameter checks a parameter by its location.
func (c *checker) parameter(v source.Node, l label) {
	for _, key := range []string{"name", "in", "schema"} {
		if !v.Has(key) {
			c.fault(v, l, "no "+key, "")
		}
	}
	in := v.Get("in")
	switch in.Text() {
	case "path":
		if !v.Is("required") {
			c.fault(v, l, "a path parameter is always required", "write required: true")
		}
		c.paramSchema(v, l, "string", "integer")
	case "query":
		c.paramSchema(v, l, "string", "integer", "number", "boolean", "array")
	case "header":
		c.headerName(v.Get("name"), l)
		c.paramSchema(v, l, "string")
	case "cookie":
		c.fault(in, l, "cookie parameters are not supported", "")
	default:
		if in.IsString() {
			c.fault(in, l, fmt.Sprintf("unknown place %q", source.Clip(in.Text())),
				"write path, query or header")
		}
	}
	c.style(v, l)
	c.examples(v, v.Get("schema"), l)
}

// style checks that a parameter has the defaults of OpenAPI, which WeChat Pay uses.
func (c *checker) style(v source.Node, l label) {
	want, explode := "simple", "false"
	if v.Get("in").Text() == "query" {
		want, explode = "form", "true"
	}
	if s := v.Get("style"); s.OK() && s.Text() != want {
		c.fault(s, l, fmt.Sprintf("style %s is not supported", source.Clip(s.Text())), "remove it")
	}
	if e := v.Get("explode"); e.OK() && e.Text() != explode && v.Get("in").Text() == "query" {
		c.fault(e, l, "explode: false is not supported",
			"remove it: the values of an array are repeated keys")
	}
}

// runtimeHeaders are the headers that the runtime and net/http write.
var runtimeHeaders = []string{"Accept", "Authorization", "Connection", "Content-Length",
	"Content-Type",
	"Host", "Transfer-Encoding", "User-Agent"}

// headerName refuses headers that callers cannot set, and malformed names.
func (c *checker) headerName(name source.Node, l label) {
	switch {
	case !name.IsString():
	case slices.ContainsFunc(runtimeHeaders, func(h string) bool {
		return strings.EqualFold(h, name.Text())
	}):
		c.fault(name, l, "the runtime writes this header", "remove it")
	case name.Text() == "" || strings.ContainsFunc(name.Text(), func(r rune) bool {
		return r != '-' && r != '_' && !spell.Alphanumeric(r)
	}):
		c.fault(name, l, "not the name of a header", "write one like Idempotency-Key")
	}
}

func (c *checker) paramSchema(v source.Node, l label, allowed ...string) {
	s := c.set.Follow(v.Get("schema"), source.Schemas)
	t := source.TypeOf(s.Node)
	if !s.IsMap() || t == "" && s.Has("type") {
		return
	}
	if t == "array" && slices.Contains(allowed, t) {
		s, allowed = c.set.Follow(s.Get("items"), source.Schemas), []string{"string", "integer"}
		if t = source.TypeOf(s.Node); !s.IsMap() {
			return
		}
	}
	at := s.Get("type")
	if !at.OK() {
		at = v.Get("schema")
	}
	where := v.Get("in").Text()
	if !slices.Contains(allowed, t) {
		c.fault(at, l, fmt.Sprintf("a %s parameter cannot be %s", where, article(t)),
			"it can be "+strings.Join(allowed, ", "))
	}
	if k := s.Key("contentMediaType"); k.OK() && where != "query" {
		c.fault(k, l, "contentMediaType has no meaning in a "+where+" parameter", "")
	}
	if k := s.Key("x-wxpay-sensitive"); k.OK() && where == "header" {
		c.fault(k, l, "a sensitive header is not supported", "")
	}
}
