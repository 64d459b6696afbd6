package check

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/source"
)

// operation checks the rules for a whole operation.
func (c *checker) operation(v source.Node, l label) {
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

// responses checks that there is a success, and that errors are the shared one.
func (c *checker) responses(v source.Node, l label) {
	success := false
	for k, value := range v.Entries() {
		status := k.Text()
		switch {
		case len(status) == 3 && status[0] == '2' && status != "2XX":
			success = true
			c.content(c.set.Follow(value, source.Responses).Node, l.in("response "+status), JSON,
				Binary)
		case status == "default" || len(status) == 3 && (status[0] == '4' || status[0] == '5'):
			c.sharedError(k, value, l)
		default:
			c.fault(k, l, fmt.Sprintf("response %s is not supported", source.Clip(status)),
				"responses are 2xx and default")
			success = true // or was meant as one
		}
	}
	if v.IsMap() && !success {
		c.fault(v, l, "no response 2xx", "")
	}
}

// sharedError checks that an error reply is the one that *wxpay.Error reads.
func (c *checker) sharedError(k, value source.Node, l label) {
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

// oneReply checks that all successes of an operation have one body: the Go method has one result
// type, and treats a reply without a described body as an error.
func (c *checker) oneReply(v source.Node, l label) {
	var first, media, schema source.Node
	for k, value := range v.Entries() {
		if !strings.HasPrefix(k.Text(), "2") {
			continue
		}
		content := c.set.Follow(value, source.Responses).Get("content")
		for m, body := range content.Entries() {
			if !first.OK() {
				first, media, schema = k, m, body.Get("schema")
			} else if m.Text() != media.Text() || !c.sameRef(body.Get("schema"), schema) {
				c.fault(k, l,
					fmt.Sprintf("response %s has a body of its own, and so has response %s",
						k.Text(), first.Text()),
					"let both $ref one schema: a call in Go returns one type")
			}
			break
		}
	}
	for k, value := range v.Entries() {
		if r := c.set.Follow(value, source.Responses); first.OK() &&
			strings.HasPrefix(k.Text(), "2") && r.OK() && r.Get("content").Size() == 0 {
			c.fault(k, l, fmt.Sprintf("response %s has no body, and response %s has one", k.Text(),
				first.Text()), "keep the one that WeChat Pay sends")
		}
	}
}

// sameRef reports whether two schemas are $refs to one.
func (c *checker) sameRef(x, y source.Node) bool {
	return x.Has("$ref") && y.Has("$ref") && c.set.Follow(x, source.Schemas).YAML == c.set.Follow(y,
		source.Schemas).YAML
}

// download refuses a download that does not say whether it is signed.
func (c *checker) download(v source.Node, l label) {
	for k, value := range v.Get("responses").Entries() {
		file := c.set.Follow(value, source.Responses).Get("content").Key(Binary)
		if strings.HasPrefix(k.Text(), "2") && file.OK() && !v.Has("x-wxpay-unsigned") {
			c.fault(file, l, "a download that does not say whether it is signed",
				"write x-wxpay-unsigned: true at the operation, or false if WeChat Pay signs "+
					"this one")
		}
	}
}
