package load

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/internal/names"
)

const (
	jsonType      = "application/json"
	multipartType = "multipart/form-data"
	binaryType    = "application/octet-stream"
)

func (c *checker) operation(v view, l label) {
	id := v.get("operationId")
	if !id.ok() {
		c.fault(v, l, "no operationId", "write one: it names the types of the operation")
	} else if _, err := names.Exported(id.text()); err != nil && id.isString() {
		c.fault(id, l, "operationId "+err.Error(), "")
	}
	responses := v.get("responses")
	if !responses.ok() {
		c.fault(v, l, "no responses", "")
	}
	c.responses(responses, l)
	c.oneReply(responses, l)
	c.download(v, l)
	c.sealing(v, l)
	if body := v.key("requestBody"); body.ok() && strings.HasPrefix(l.name, "GET ") {
		c.fault(body, l, "a GET has no body", "write query parameters")
	}
	c.facts(v, l)
	for _, key := range paramChoiceKeys {
		if k, list := v.entry(key); k.ok() {
			c.choice(k, list, l)
		}
	}
}

// responses holds that there is one kind of success, and that errors are the shared one.
func (c *checker) responses(v view, l label) {
	success := false
	for k, value := range v.entries() {
		status := k.text()
		switch {
		case len(status) == 3 && status[0] == '2' && status != "2XX":
			success = true
			c.content(c.set.follow(value, responses).view, l.in("response "+status), jsonType, binaryType)
		case status == "default" || len(status) == 3 && (status[0] == '4' || status[0] == '5'):
			c.sharedError(k, value, l)
		default:
			c.fault(k, l, fmt.Sprintf("response %s is not supported", clip(status)), "responses are 2xx and default")
			success = true // or was meant to be
		}
	}
	if v.isMap() && !success {
		c.fault(v, l, "no response 2xx", "")
	}
}

// sharedError holds that an error reply is the one that *wxpay.Error reads.
func (c *checker) sharedError(k, value view, l label) {
	r := c.set.follow(value, responses)
	if !r.ok() || r.name == "Error" || !r.has("content") {
		return
	}
	if c.set.follow(r.get("content").get(jsonType).get("schema"), schemas).name == "Error" {
		return
	}
	c.fault(k, l, fmt.Sprintf("response %s has a type of its own", k.text()), "$ref the response called Error: in Go every error reply is *wxpay.Error")
}

// content checks what a body may be: one media type, one of those given.
func (c *checker) content(v view, l label, allowed ...string) {
	content := v.get("content")
	if content.size() > 1 {
		c.fault(content, l, "more than one media type", "keep one")
	}
	for k, media := range content.entries() {
		known := false
		for _, m := range allowed {
			known = known || k.text() == m
		}
		switch {
		case !known:
			c.fault(k, l, fmt.Sprintf("media type %q is not supported", clip(k.text())), "write "+strings.Join(allowed, " or "))
		case !media.has("schema"):
			c.fault(k, l, "no schema", "")
		case k.text() == multipartType:
			c.multipart(media, l)
			c.encodings(media, c.set.follow(media.get("schema"), schemas), l)
		case k.text() == binaryType:
			if s := c.set.follow(media.get("schema"), schemas); s.ok() && s.get("format").text() != "binary" {
				c.fault(media.get("schema"), l, "a file is {type: string, format: binary}", "")
			}
		}
		if enc := media.key("encoding"); enc.ok() && k.text() != multipartType {
			c.fault(enc, l, "encoding has no meaning here", "remove it")
		}
	}
}

// body checks a request body, which always has content; a component's too.
func (c *checker) body(v view, l label) {
	if v.get("content").size() == 0 {
		c.fault(v, l, "no content", "")
	}
	c.content(v, l, jsonType, multipartType)
	c.optional(v, l)
}

// multipart wants one object, the part that is signed, and one file.
func (c *checker) multipart(media view, l label) {
	s := c.set.follow(media.get("schema"), schemas)
	if !s.ok() {
		return
	}
	metas, files := 0, 0
	for k, p := range s.get("properties").entries() {
		p := c.set.follow(p, schemas)
		switch {
		case typeOf(p.view) == "object" && p.has("properties"):
			metas++
			c.byHand(k, p, l)
		case p.get("format").text() == "binary":
			files++
		case p.ok():
			c.fault(k, l, fmt.Sprintf("part %s is neither an object nor {type: string, format: binary}", clip(k.text())), "")
		}
	}
	if metas != 1 || files != 1 {
		c.fault(media, l, fmt.Sprintf("%d JSON parts and %d files", metas, files), "an upload has one file, and one object that describes it")
	}
}

func (c *checker) webhook(v view, l label) {
	post := v.get("post")
	if !post.ok() {
		c.fault(v, l, "no post", "the decrypted resource is the schema of post.requestBody")
		return
	}
	if !post.has("requestBody") {
		c.fault(post, l, "no requestBody", "its schema is the decrypted resource")
	}
	body := c.set.follow(post.get("requestBody"), requestBodies)
	if k := body.get("content").key(multipartType); k.ok() {
		c.fault(k, l, "a notification is application/json", "")
	}
	c.answer(post, l)
	if name := v.get("x-go-name"); name.ok() && post.has("x-go-name") {
		c.fault(post.key("x-go-name"), l, "x-go-name stands twice", "remove one")
	}
}

func (c *checker) aliases(v view, l label) {
	if !v.isMap() {
		c.fault(v, l, "x-wxpay-param-aliases must be a mapping, not "+kindOf(v), "write {applyment_id: [business_code]}")
	}
	for k, value := range v.entries() {
		if !value.isList() || value.size() == 0 {
			c.fault(value, l, fmt.Sprintf("x-wxpay-param-aliases of %s must be a list of names", clip(k.text())), "")
		}
		for _, alias := range value.items() {
			if _, err := names.Exported(alias.text()); err != nil {
				c.fault(alias, l, "alias "+err.Error(), "")
			}
		}
	}
}
