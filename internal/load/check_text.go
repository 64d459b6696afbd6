package load

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/wxgen/wxgen/internal/source"
)

// docs checks externalDocs.
func (c *checker) docs(v view, l label) { c.link(v.get("url"), l) }

// links checks x-wxpay-docs.
func (c *checker) links(v view, l label) {
	for _, item := range v.get("x-wxpay-docs").items() {
		c.link(item, l)
	}
}

// link refuses what a browser would take for something else than the address of a page.
func (c *checker) link(v view, l label) {
	if !v.isString() {
		return
	}
	u, err := url.Parse(v.text())
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.ContainsAny(v.text(), " \t\r\n<>\"`\\") {
		c.fault(v, l, "document "+kindOf(v)+" is no URL of a page", "write one like https://pay.weixin.qq.com/doc/v3/merchant/4012791832")
	}
}

// badName says what in the name of a file would end the line, the comment or the link that it is written into, or is refused by
// some system; "" if nothing.
func badName(name string) string {
	i := strings.IndexFunc(name, func(r rune) bool { return source.Hidden(r) || strings.ContainsRune("\t\r\n<>:\"|?*\\`\u2028\u2029", r) })
	if i < 0 {
		return ""
	}
	return string([]rune(name[i:])[:1])
}

// fileName refuses a file that is called so that its name cannot be written into generated code.
func fileName(f *file, faults *sink) {
	if r := badName(f.name); r != "" {
		faults.put(Fault{File: f.shown, What: fmt.Sprintf("the name of the file holds %q", r), Mend: "call it something of letters, digits and hyphens"})
	}
}
