package check

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// document checks the rules for a whole document.
func (c *checker) document(v source.Node, l label) {
	if version := v.Get("openapi"); version.IsString() &&
		!strings.HasPrefix(version.Text(), "3.1.") {
		c.fault(version, l, fmt.Sprintf("OpenAPI %s", source.Clip(version.Text())), "write 3.1.0")
	}
	info := v.Get("info")
	for _, key := range []string{"title", "version"} {
		if !info.Has(key) {
			at := v
			if k := v.Key("info"); k.OK() {
				at = k
			}
			c.fault(at, l, "no info."+key, fmt.Sprintf("write info: {title: …, version: %q}", "3"))
			break
		}
	}
	c.eventKeys(v)
	for k := range v.Get("paths").Entries() {
		if k.Pruned() {
			continue
		}
		if fault, mend := route.Fault(k.Text()); fault != "" {
			c.faults.At(k, fmt.Sprintf("path %s: %s", source.Clip(k.Text()), fault), mend)
		}
	}
}
