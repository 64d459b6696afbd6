package load

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
)

// document checks what the keys of a document alone do not tell.
func (c *checker) document(v view, l label) {
	if version := v.get("openapi"); version.isString() && !strings.HasPrefix(version.text(), "3.1.") {
		c.fault(version, l, fmt.Sprintf("OpenAPI %s", clip(version.text())), "write 3.1.0")
	}
	info := v.get("info")
	for _, key := range []string{"title", "version"} {
		if !info.has(key) {
			at := v
			if k := v.key("info"); k.ok() {
				at = k
			}
			c.fault(at, l, "no info."+key, fmt.Sprintf("write info: {title: …, version: %q}", "3"))
			break
		}
	}
	c.eventKeys(v)
	for k := range v.get("paths").entries() {
		if k.cut() {
			continue
		}
		if fault, mend := route.Fault(k.text()); fault != "" {
			c.faults.at(k, fmt.Sprintf("path %s: %s", clip(k.text()), fault), mend)
		}
	}
}

func alphanumeric(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// server checks that a server is an absolute URL that paths can follow.
func (c *checker) server(v view, l label) {
	at := v.get("url")
	if !at.ok() {
		c.fault(v, l, "a server without url", "")
		return
	}
	u, err := url.Parse(at.text())
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		c.fault(at, l, fmt.Sprintf("server %q is no absolute URL", clip(at.text())), `write one like "https://apihk.mch.weixin.qq.com"`)
		return
	}
	c.elsewhere(at, u, l)
}
