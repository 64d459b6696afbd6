package check

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/spell"
)

// body checks a request body or its component. A body always has content.
func (c *checker) body(v source.Node, l label) {
	if v.Get("content").Size() == 0 {
		c.fault(v, l, "no content", "")
	}
	c.content(v, l, JSON, Multipart)
	c.optional(v, l)
}

// content checks a body: it has one media type, which must be one of the given.
func (c *checker) content(v source.Node, l label, allowed ...string) {
	content := v.Get("content")
	if content.Size() > 1 {
		c.fault(content, l, "more than one media type", "keep one")
	}
	for k, media := range content.Entries() {
		known := false
		for _, m := range allowed {
			known = known || k.Text() == m
		}
		switch {
		case !known:
			c.fault(k, l, fmt.Sprintf("media type %q is not supported", source.Clip(k.Text())),
				"write "+strings.Join(allowed, " or "))
		case !media.Has("schema"):
			c.fault(k, l, "no schema", "")
		case k.Text() == Multipart:
			c.multipart(media, l)
			c.encodings(media, c.set.Follow(media.Get("schema"), source.Schemas), l)
		case k.Text() == Binary:
			if s := c.set.Follow(media.Get("schema"), source.Schemas); s.OK() &&
				s.Get("format").Text() != "binary" {
				c.fault(media.Get("schema"), l, "a file is {type: string, format: binary}", "")
			}
		}
		if enc := media.Key("encoding"); enc.OK() && k.Text() != Multipart {
			c.fault(enc, l, "encoding has no meaning here", "remove it")
		}
	}
}

// multipart checks that a form has one object, which is the signed part, and one file.
func (c *checker) multipart(media source.Node, l label) {
	s := c.set.Follow(media.Get("schema"), source.Schemas)
	if !s.OK() {
		return
	}
	metas, files := 0, 0
	for k, p := range s.Get("properties").Entries() {
		p := c.set.Follow(p, source.Schemas)
		switch {
		case source.TypeOf(p.Node) == "object" && p.Has("properties"):
			metas++
			c.byHand(k, p, l)
		case p.Get("format").Text() == "binary":
			files++
		case p.OK():
			c.fault(k, l,
				fmt.Sprintf("part %s is neither an object nor {type: string, format: binary}",
					source.Clip(k.Text())), "")
		}
	}
	if metas != 1 || files != 1 {
		c.fault(media, l, fmt.Sprintf("%d JSON parts and %d files", metas, files),
			"an upload has one file, and one object that describes it")
	}
}

// encodings checks the types of an upload's parts against those that the runtime sends.
func (c *checker) encodings(media source.Node, parts source.Target, l label) {
	for k, e := range media.Get("encoding").Entries() {
		part := parts.Get("properties").Get(k.Text())
		kind := e.Get("contentType")
		switch p := c.set.Follow(part, source.Schemas); {
		case k.Pruned():
		case !part.OK():
			c.fault(k, l, fmt.Sprintf("encoding of %s, which is no part", source.Clip(k.Text())),
				spell.Suggest(k.Text(), source.KeysOf(parts.Get("properties"))))
		case p.Get("format").Text() == "binary":
			c.fault(k, l, "encoding of the file is not supported",
				"remove it: the type follows from the file's name, or wxpay.File says it")
		case kind.IsString() && kind.Text() != JSON:
			c.fault(kind, l, fmt.Sprintf("part %s is sent as %s, not as %s", source.Clip(k.Text()),
				JSON, source.Clip(kind.Text())), "")
		}
	}
}

// optional refuses an optional body.
func (c *checker) optional(v source.Node, l label) {
	if r := v.Get("required"); r.Text() == "false" {
		c.fault(r, l, "a body that may be left out is not supported",
			"remove required: a body is always sent, if only an empty object")
	}
}

// byHand warns of an upload without x-wxpay-file: callers must fill in digest and name.
func (c *checker) byHand(k source.Node, meta source.Target, l label) {
	for _, p := range meta.Get("properties").Entries() {
		if c.set.Follow(p, source.Schemas).Has("x-wxpay-file") {
			return
		}
	}
	c.faults.Warn(k,
		fmt.Sprintf("%v: no property of part %s has x-wxpay-file, so callers compute the digest "+
			"themselves", l, source.Clip(k.Text())),
		"write x-wxpay-file: name, sha256 or sm3 at those that describe the file")
}
