package check

import (
	"net/url"
	"strings"

	"github.com/wxgen/wxgen/internal/source"
)

// docs checks externalDocs.
func (c *checker) docs(v source.Node, l label) { c.link(v.Get("url"), l) }

// links checks x-wxpay-docs.
func (c *checker) links(v source.Node, l label) {
	for _, item := range v.Get("x-wxpay-docs").Items() {
		c.link(item, l)
	}
}

// link refuses a text that a browser would not open as a page.
func (c *checker) link(v source.Node, l label) {
	if !v.IsString() {
		return
	}
	u, err := url.Parse(v.Text())
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" ||
		strings.ContainsAny(v.Text(), " \t\r\n<>\"`\\") {
		c.fault(v, l, "document "+kindOf(v)+" is no URL of a page",
			"write one like https://pay.weixin.qq.com/doc/v3/merchant/4012791832")
	}
}
