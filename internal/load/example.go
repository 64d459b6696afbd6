package load

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/source"
)

// example joins the examples of parameters and body. It is nil if there are none.
func (b *builder) example(c *call) *model.Example {
	e := new(model.Example)
	some := false
	for _, p := range c.sends {
		value := paramExample(b.set, p.Node)
		name := p.Get("name").Text()
		if value == nil || strings.EqualFold(name, "Wechatpay-Serial") {
			continue
		}
		some = true
		switch p.Get("in").Text() {
		case "path":
			put(&e.Path, name, fmt.Sprint(value))
		case "query":
			put(&e.Query, name, value)
		case "header":
			put(&e.Header, name, value)
		}
	}
	body := b.set.Follow(c.v.Get("requestBody"), source.RequestBodies)
	for _, media := range body.Get("content").Entries() {
		e.Body = mediaExample(b.set, media)
	}
	if !some && e.Body == nil {
		return nil
	}
	return e
}

func put[V any](m *map[string]V, key string, value V) {
	if *m == nil {
		*m = map[string]V{}
	}
	(*m)[key] = value
}
