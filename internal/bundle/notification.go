package bundle

import (
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/layout"
)

// The description of a notification describes the content of its ciphertext. WeChat Pay sends an
// envelope, which differs between events in the type alone. The document adds the decrypted content
// as a property that is never sent: generators leave out types without a use, and a program can
// keep the decrypted content there.

// webhook copies a notification.
func (b *bundler) webhook(from sourceFile, id, event string, item *yaml.Node) *yaml.Node {
	out := layout.Object()
	for key, value := range layout.Pairs(item) {
		if key.Value != "post" {
			layout.Put(out, key.Value, b.value(from, "webhook", key.Value, value))
			continue
		}
		post := b.object(from, "event", value)
		media := layout.Get(post, "requestBody", "content", "application/json")
		schema := layout.Get(media, "schema")
		resource := b.component("schemas", webhookPrefix+id+"Resource", schema)
		envelope := b.component("schemas", webhookPrefix+id+"Notification",
			b.envelope(event, resource))
		content := layout.Object("schema", layout.Object("$ref", envelope))
		body := layout.Object("required", true, "content",
			layout.Object("application/json", content))
		set(post, "requestBody", body)
		layout.Put(post, "operationId", layout.String("On"+id))
		if len(layout.Texts(layout.Get(post, "tags"))) == 0 {
			set(post, "tags", layout.Strings([]string{"通知"}))
		}
		for _, tag := range layout.Texts(layout.Get(post, "tags")) {
			b.tags[tag] = true
		}
		layout.Put(post, "security", layout.List())
		layout.Put(out, "post", post)
	}
	return out
}

// component makes a component of a node that is not one in the description.
func (b *bundler) component(section, name string, n *yaml.Node) string {
	b.claim(section, name, "the notification "+name)
	if b.components[section] == nil {
		b.components[section] = layout.Object()
	}
	layout.Put(b.components[section], name, n)
	return "#/components/" + section + "/" + name
}

// envelope is the schema of the body that WeChat Pay sends for an event.
func (b *bundler) envelope(event, resource string) *yaml.Node {
	text := func(words string) *yaml.Node {
		return layout.Object("type", "string", "description", words)
	}
	return layout.Object(
		"type", "object", "description", "The envelope of "+event+", as it is sent.",
		"required", layout.Strings([]string{"id", "create_time", "event_type", "resource_type",
			"resource", "summary"}),
		"properties", layout.Object(
			"id", text("通知的唯一ID"),
			"create_time", layout.Object("type", "string", "format", "date-time", "description",
				"通知创建的时间"),
			"event_type", layout.Object("type", "string", "description", "通知的类型", "enum",
				layout.Strings([]string{event})),
			"resource_type", text("通知的资源数据类型"),
			"summary", text("回调摘要"),
			"resource", layout.Object(
				"type", "object", "description", "通知资源数据", "required",
				layout.Strings([]string{"algorithm", "ciphertext", "nonce"}),
				"properties", layout.Object(
					"original_type", text("原始回调类型"),
					"algorithm", layout.Object("type", "string", "description", "对数据进行加密的加密算法",
						"enum", layout.Strings([]string{"AEAD_AES_256_GCM"})),
					"associated_data", text("数据加密的附加数据"), "nonce", text("加密使用的随机串"), "ciphertext",
					text("加密后的密文数据, Base64编码"),
					"decrypted",
					layout.Object("$ref", resource, "description",
						"ciphertext解密后的内容。It is not sent: it is here for whoever opens the "+
							"ciphertext."),
				),
			),
		),
	)
}
