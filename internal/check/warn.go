package check

import (
	"fmt"
	"net/url"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/source"
)

// A warning is about what may be right and is probably wrong: a person has to decide. It fails
// nothing.

// elsewhere warns of a server that is not WeChat Pay's: signed requests would go there.
func (c *checker) elsewhere(at source.View, u *url.URL, l label) {
	host := strings.ToLower(u.Hostname())
	switch {
	case !strings.HasSuffix(host, ".weixin.qq.com") && !strings.HasSuffix(host, ".wechatpay.cn"):
		c.faults.Warn(at,
			fmt.Sprintf("%v: server %s is not WeChat Pay's, and signed requests go there", l,
				source.Clip(u.Host)), "check it")
	case u.Scheme != "https":
		c.faults.Warn(at, fmt.Sprintf("%v: server %s is not called over https", l,
			source.Clip(at.Text())), "write https")
	}
}

// byHand warns of an upload of which the runtime fills nothing.
func (c *checker) byHand(k source.View, meta source.Target, l label) {
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

// sealing warns of an operation that sends the serial of a key for sealing, and fields, and seals
// none of them.
func (c *checker) sealing(v source.View, l label) {
	var serial source.View
	fields := v.Has("requestBody")
	s := &sealWalk{c: c, seen: map[*yaml.Node]bool{}}
	for _, item := range v.Get("parameters").Items() {
		p := c.set.Follow(item, source.Parameters)
		switch in := p.Get("in").Text(); {
		case in == "header" && strings.EqualFold(p.Get("name").Text(), "Wechatpay-Serial"):
			serial = item
		case in == "query":
			fields = true
			s.schema(p.Get("schema"))
		}
	}
	if !serial.OK() || !fields {
		return
	}
	for _, media := range c.set.Follow(v.Get("requestBody"), source.RequestBodies).Get("content").
		Entries() {
		s.schema(media.Get("schema"))
	}
	if !s.found {
		c.faults.Warn(serial, l.String()+": Wechatpay-Serial is sent, and no field of the "+
			"request is x-wxpay-sensitive",
			"write x-wxpay-sensitive: true at the fields that are encrypted")
	}
}

// sealWalk looks for a sensitive field in a schema and all that it is made of.
type sealWalk struct {
	c     *checker
	seen  map[*yaml.Node]bool
	found bool
}

func (w *sealWalk) schema(v source.View) {
	s := w.c.set.Follow(v, source.Schemas)
	if w.found || !s.IsMap() || w.seen[s.Node] {
		return
	}
	w.seen[s.Node] = true
	w.found = s.Is("x-wxpay-sensitive")
	for _, p := range s.Get("properties").Entries() {
		w.schema(p)
	}
	for _, key := range partKeys {
		w.schema(s.Get(key))
	}
}

// partKeys are the keys of a schema that hold another one.
var partKeys = []string{"items", "additionalProperties", "contentSchema"}
