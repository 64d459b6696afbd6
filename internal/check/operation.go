package check

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/source"
)

const (
	JSON      = "application/json"
	Multipart = "multipart/form-data"
	Binary    = "application/octet-stream"
)

func (c *checker) operation(v source.View, l label) {
	id := v.Get("operationId")
	if !id.OK() {
		c.fault(v, l, "no operationId", "write one: it names the types of the operation")
	} else if _, err := names.Exported(id.Text()); err != nil && id.IsString() {
		c.fault(id, l, "operationId "+err.Error(), "")
	}
	responses := v.Get("responses")
	if !responses.OK() {
		c.fault(v, l, "no responses", "")
	}
	c.responses(responses, l)
	c.oneReply(responses, l)
	c.download(v, l)
	c.sealing(v, l)
	if body := v.Key("requestBody"); body.OK() && strings.HasPrefix(l.name, "GET ") {
		c.fault(body, l, "a GET has no body", "write query parameters")
	}
	c.facts(v, l)
	for _, key := range ParamChoiceKeys {
		if k, list := v.Entry(key); k.OK() {
			c.choice(k, list, l)
		}
	}
}

// responses holds that there is one kind of success, and that errors are the shared one.
func (c *checker) responses(v source.View, l label) {
	success := false
	for k, value := range v.Entries() {
		status := k.Text()
		switch {
		case len(status) == 3 && status[0] == '2' && status != "2XX":
			success = true
			c.content(c.set.Follow(value, source.Responses).View, l.in("response "+status), JSON,
				Binary)
		case status == "default" || len(status) == 3 && (status[0] == '4' || status[0] == '5'):
			c.sharedError(k, value, l)
		default:
			c.fault(k, l, fmt.Sprintf("response %s is not supported", source.Clip(status)),
				"responses are 2xx and default")
			success = true // or was meant to be
		}
	}
	if v.IsMap() && !success {
		c.fault(v, l, "no response 2xx", "")
	}
}

// sharedError holds that an error reply is the one that *wxpay.Error reads.
func (c *checker) sharedError(k, value source.View, l label) {
	r := c.set.Follow(value, source.Responses)
	if !r.OK() || r.Name == "Error" || !r.Has("content") {
		return
	}
	if c.set.Follow(r.Get("content").Get(JSON).Get("schema"), source.Schemas).Name == "Error" {
		return
	}
	c.fault(k, l, fmt.Sprintf("response %s has a type of its own", k.Text()),
		"$ref the response called Error: in Go every error reply is *wxpay.Error")
}

// content checks what a body may be: one media type, one of those given.
func (c *checker) content(v source.View, l label, allowed ...string) {
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

// body checks a request body, which always has content; a component's too.
func (c *checker) body(v source.View, l label) {
	if v.Get("content").Size() == 0 {
		c.fault(v, l, "no content", "")
	}
	c.content(v, l, JSON, Multipart)
	c.optional(v, l)
}

// multipart wants one object, the part that is signed, and one file.
func (c *checker) multipart(media source.View, l label) {
	s := c.set.Follow(media.Get("schema"), source.Schemas)
	if !s.OK() {
		return
	}
	metas, files := 0, 0
	for k, p := range s.Get("properties").Entries() {
		p := c.set.Follow(p, source.Schemas)
		switch {
		case source.TypeOf(p.View) == "object" && p.Has("properties"):
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

func (c *checker) webhook(v source.View, l label) {
	post := v.Get("post")
	if !post.OK() {
		c.fault(v, l, "no post", "the decrypted resource is the schema of post.requestBody")
		return
	}
	if !post.Has("requestBody") {
		c.fault(post, l, "no requestBody", "its schema is the decrypted resource")
	}
	body := c.set.Follow(post.Get("requestBody"), source.RequestBodies)
	if k := body.Get("content").Key(Multipart); k.OK() {
		c.fault(k, l, "a notification is application/json", "")
	}
	c.answer(post, l)
	if name := v.Get("x-go-name"); name.OK() && post.Has("x-go-name") {
		c.fault(post.Key("x-go-name"), l, "x-go-name stands twice", "remove one")
	}
}

func (c *checker) aliases(v source.View, l label) {
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
