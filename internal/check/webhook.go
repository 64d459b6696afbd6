package check

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// webhook checks a notification.
func (c *checker) webhook(v source.Node, l label) {
	post := v.Get("post")
	if !post.OK() {
		c.fault(v, l, "no post", "the decrypted resource is the schema of post.requestBody")
		return
	}
	if !post.Has("requestBody") {
		c.fault(post, l, "no requestBody", "its schema is the decrypted resource")
	}
	body := c.set.Follow(post.Get("requestBody"), source.RequestBodies)
	if k := body.Get("content").Key(Multipart); k.OK() {
		c.fault(k, l, "a notification is application/json", "")
	}
	c.answer(post, l)
	if name := v.Get("x-go-name"); name.OK() && post.Has("x-go-name") {
		c.fault(post.Key("x-go-name"), l, "x-go-name stands twice", "remove one")
	}
}

// answer refuses a response with a body: the runtime answers notifications.
func (c *checker) answer(post source.Node, l label) {
	for k, value := range post.Get("responses").Entries() {
		if r := c.set.Follow(value, source.Responses); r.Get("content").Size() > 0 {
			c.fault(k, l, fmt.Sprintf("response %s has a body", source.Clip(k.Text())),
				"remove it: the runtime answers as WeChat Pay expects")
		}
	}
}

// eventKeys refuses keys that cannot be event types.
func (c *checker) eventKeys(v source.Node) {
	for k := range v.Get("webhooks").Entries() {
		if k.Pruned() || route.Event.MatchString(k.Text()) {
			continue
		}
		mend := "write the event_type that WeChat Pay sends, like TRANSACTION.SUCCESS"
		if upper := strings.ToUpper(k.Text()); route.Event.MatchString(upper) {
			mend = "did you mean " + upper + "?"
		}
		c.fault(k, label{"webhook", source.Clip(k.Text())},
			"no event has such a type: they are of capital letters, digits, underscores and dots",
			mend)
	}
}
