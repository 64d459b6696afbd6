package bundle

import (
	_ "embed"
	"maps"
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/layout"
)

// about explains the extensions of the document.
//
//go:embed info.md
var about string

// document puts the parts together.
func (b *bundler) document() *yaml.Node {
	tags := layout.List()
	for _, name := range slices.Sorted(maps.Keys(b.tags)) {
		tags.Content = append(tags.Content, layout.Object("name", name))
	}
	doc := layout.Object(
		"openapi", "3.1.0",
		"info", layout.Object(
			"title", "微信支付 APIv3", "version", "3", "summary", "WeChat Pay APIv3", "description",
			about,
			"contact", layout.Object("name", "wxgen", "url", "https://github.com/wxgen/wxgen"),
			"license", layout.Object("name", "Apache-2.0", "identifier", "Apache-2.0"),
		),
		"servers", layout.List(layout.Object("url", server),
			layout.Object("url", "https://api2.mch.weixin.qq.com", "description", "备用域名")),
		"security", layout.List(layout.Object("merchant", layout.List())),
		"tags", tags,
	)
	layout.Put(doc, "paths", b.paths)
	if len(b.webhooks.Content) > 0 {
		layout.Put(doc, "webhooks", b.webhooks)
	}
	components := layout.Object()
	for _, section := range []string{"schemas", "parameters", "requestBodies", "responses",
		"examples"} {
		if of := b.components[section]; of != nil {
			layout.Put(components, section, sorted(of))
		}
	}
	layout.Put(components, "securitySchemes", layout.Object(
		"merchant", scheme("商户", `WECHATPAY2-SHA256-RSA2048 mchid="…"`), "brand",
		scheme("品牌", `WECHATPAY-BRAND-SHA256-RSA2048 brand_id="…"`)))
	layout.Put(doc, "components", components)
	return doc
}

// scheme describes the signature of a request. OpenAPI has a scheme for a header with a key, and
// tools know no other HTTP schemes than basic and bearer.
func scheme(whose, begin string) *yaml.Node {
	return layout.Object("type", "apiKey", "in", "header", "name", "Authorization", "description",
		whose+"签名, computed for every request, as info.description says: `"+begin+
			`,nonce_str="…",timestamp="…",serial_no="…",signature="…"`+"`")
}

// sorted orders the entries of a mapping by their keys.
func sorted(n *yaml.Node) *yaml.Node {
	type entry struct{ key, value *yaml.Node }
	var all []entry
	for i := 0; i+1 < len(n.Content); i += 2 {
		all = append(all, entry{n.Content[i], n.Content[i+1]})
	}
	slices.SortFunc(all, func(a, b entry) int {
		if a.key.Value < b.key.Value {
			return -1
		}
		return 1
	})
	out := layout.Object()
	for _, e := range all {
		out.Content = append(out.Content, e.key, e.value)
	}
	return out
}
