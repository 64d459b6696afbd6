package load

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A warning is about what may be right and is probably wrong: a person has to decide. It fails nothing.

// warn notes a warning at v.
func (s *sink) warn(v view, what, mend string) {
	p := v.pos()
	f := Fault{File: v.f.shown, Line: p.line, Col: p.col, What: onLine(what), Mend: onLine(mend)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.warnings = append(s.warnings, f)
}

// tell hands the warnings on, in order and each once.
func (s *sink) tell(to func(Fault)) {
	if to == nil {
		return
	}
	for _, f := range inOrder(s.warnings) {
		to(f)
	}
}

// elsewhere warns of a server that is not WeChat Pay's: signed requests would go there.
func (c *checker) elsewhere(at view, u *url.URL, l label) {
	host := strings.ToLower(u.Hostname())
	switch {
	case !strings.HasSuffix(host, ".weixin.qq.com") && !strings.HasSuffix(host, ".wechatpay.cn"):
		c.faults.warn(at, fmt.Sprintf("%v: server %s is not WeChat Pay's, and signed requests go there", l, clip(u.Host)), "check it")
	case u.Scheme != "https":
		c.faults.warn(at, fmt.Sprintf("%v: server %s is not called over https", l, clip(at.text())), "write https")
	}
}

// byHand warns of an upload of which the runtime fills nothing.
func (c *checker) byHand(k view, meta target, l label) {
	for _, p := range meta.get("properties").entries() {
		if c.set.follow(p, schemas).has("x-wxpay-file") {
			return
		}
	}
	c.faults.warn(k, fmt.Sprintf("%v: no property of part %s has x-wxpay-file, so callers compute the digest themselves", l, clip(k.text())),
		"write x-wxpay-file: name, sha256 or sm3 at those that describe the file")
}

// sealing warns of an operation that sends the serial of a key for sealing, and fields, and seals none of them.
func (c *checker) sealing(v view, l label) {
	var serial view
	fields := v.has("requestBody")
	s := &sealWalk{c: c, seen: map[*yaml.Node]bool{}}
	for _, item := range v.get("parameters").items() {
		p := c.set.follow(item, parameters)
		switch in := p.get("in").text(); {
		case in == "header" && strings.EqualFold(p.get("name").text(), "Wechatpay-Serial"):
			serial = item
		case in == "query":
			fields = true
			s.schema(p.get("schema"))
		}
	}
	if !serial.ok() || !fields {
		return
	}
	for _, media := range c.set.follow(v.get("requestBody"), requestBodies).get("content").entries() {
		s.schema(media.get("schema"))
	}
	if !s.found {
		c.faults.warn(serial, l.String()+": Wechatpay-Serial is sent, and no field of the request is x-wxpay-sensitive",
			"write x-wxpay-sensitive: true at the fields that are encrypted")
	}
}

// sealWalk looks for a sensitive field in a schema and all that it is made of.
type sealWalk struct {
	c     *checker
	seen  map[*yaml.Node]bool
	found bool
}

func (w *sealWalk) schema(v view) {
	s := w.c.set.follow(v, schemas)
	if w.found || !s.isMap() || w.seen[s.n] {
		return
	}
	w.seen[s.n] = true
	w.found = s.is("x-wxpay-sensitive")
	for _, p := range s.get("properties").entries() {
		w.schema(p)
	}
	for _, key := range partKeys {
		w.schema(s.get(key))
	}
}

// partKeys are the keys of a schema that hold another one.
var partKeys = []string{"items", "additionalProperties", "contentSchema"}

// inOrder sorts faults by place, and keeps each once: what several services share is checked by each of them.
func inOrder(faults Faults) Faults {
	slices.SortFunc(faults, compareFaults)
	return slices.Compact(faults)
}
