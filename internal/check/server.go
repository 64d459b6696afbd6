package check

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/wxgen/wxgen/internal/source"
)

// server checks that a server is an absolute URL to which paths can be appended.
func (c *checker) server(v source.Node, l label) {
	at := v.Get("url")
	if !at.OK() {
		c.fault(v, l, "a server without url", "")
		return
	}
	u, err := url.Parse(at.Text())
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" ||
		u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		c.fault(at, l, fmt.Sprintf("server %q is no absolute URL", source.Clip(at.Text())),
			`write one like "https://apihk.mch.weixin.qq.com"`)
		return
	}
	c.foreignServer(at, u, l)
}

// foreignServer warns of a server that is not WeChat Pay's: signed requests would go there. It is
// only a warning, for a person to decide.
func (c *checker) foreignServer(at source.Node, u *url.URL, l label) {
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
