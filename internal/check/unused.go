package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/spell"
)

// What is checked here would do no harm to the generated code and be missing in it: nothing of a
// description is passed over in silence.

// oneReply holds that the successes of an operation have one body: Go has one type for what a call
// returns, and a reply without a body where one is described is an error.
func (c *checker) oneReply(v source.View, l label) {
	var first, media, schema source.View
	for k, value := range v.Entries() {
		if !strings.HasPrefix(k.Text(), "2") {
			continue
		}
		content := c.set.Follow(value, source.Responses).Get("content")
		for m, body := range content.Entries() {
			if !first.OK() {
				first, media, schema = k, m, body.Get("schema")
			} else if m.Text() != media.Text() || !c.sameRef(body.Get("schema"), schema) {
				c.fault(k, l,
					fmt.Sprintf("response %s has a body of its own, and so has response %s",
						k.Text(), first.Text()),
					"let both $ref one schema: a call in Go returns one type")
			}
			break
		}
	}
	for k, value := range v.Entries() {
		if r := c.set.Follow(value, source.Responses); first.OK() &&
			strings.HasPrefix(k.Text(), "2") && r.OK() && r.Get("content").Size() == 0 {
			c.fault(k, l, fmt.Sprintf("response %s has no body, and response %s has one", k.Text(),
				first.Text()), "keep the one that WeChat Pay sends")
		}
	}
}

// sameRef reports whether two schemas are $refs to one.
func (c *checker) sameRef(x, y source.View) bool {
	return x.Has("$ref") && y.Has("$ref") && c.set.Follow(x, source.Schemas).Node == c.set.Follow(y,
		source.Schemas).Node
}

// encodings holds the types of an upload's parts to what is sent.
func (c *checker) encodings(media source.View, parts source.Target, l label) {
	for k, e := range media.Get("encoding").Entries() {
		part := parts.Get("properties").Get(k.Text())
		kind := e.Get("contentType")
		switch p := c.set.Follow(part, source.Schemas); {
		case k.Pruned():
		case !part.OK():
			c.fault(k, l, fmt.Sprintf("encoding of %s, which is no part", source.Clip(k.Text())),
				spell.Suggest(k.Text(), source.KeysOf(parts.Get("properties"))))
		case p.Get("format").Text() == "binary":
			c.fault(k, l, "encoding of the file is not supported",
				"remove it: the type follows from the file's name, or wxpay.File says it")
		case kind.IsString() && kind.Text() != JSON:
			c.fault(kind, l, fmt.Sprintf("part %s is sent as %s, not as %s", source.Clip(k.Text()),
				JSON, source.Clip(kind.Text())), "")
		}
	}
}

// optional refuses a body that may be left out.
func (c *checker) optional(v source.View, l label) {
	if r := v.Get("required"); r.Text() == "false" {
		c.fault(r, l, "a body that may be left out is not supported",
			"remove required: a body is always sent, if only an empty object")
	}
}

// download wants a word on whether a file is signed.
func (c *checker) download(v source.View, l label) {
	for k, value := range v.Get("responses").Entries() {
		file := c.set.Follow(value, source.Responses).Get("content").Key(Binary)
		if strings.HasPrefix(k.Text(), "2") && file.OK() && !v.Has("x-wxpay-unsigned") {
			c.fault(file, l, "a download that does not say whether it is signed",
				"write x-wxpay-unsigned: true at the operation, or false if WeChat Pay signs "+
					"this one")
		}
	}
}

// eventKeys refuses keys that no event has.
func (c *checker) eventKeys(v source.View) {
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

// answer refuses a description of what a notification is answered with.
func (c *checker) answer(post source.View, l label) {
	for k, value := range post.Get("responses").Entries() {
		if r := c.set.Follow(value, source.Responses); r.Get("content").Size() > 0 {
			c.fault(k, l, fmt.Sprintf("response %s has a body", source.Clip(k.Text())),
				"remove it: the runtime answers as WeChat Pay expects")
		}
	}
}

// nearMark returns the key that an extension of another name was probably meant to be: x-sensitive,
// x-wechatpay-file. Bare words are taken for ours only where overlooking them would be dangerous,
// since other tools have extensions too.
func nearMark(name string, keys map[string]rule) string {
	word := spell.Letters(name)
	theirs := strings.TrimPrefix(word, "x")
	for _, prefix := range []string{"wechatpay", "weixinpay", "wechat", "weixin", "wxpay", "wx"} {
		if rest, ok := strings.CutPrefix(theirs, prefix); ok {
			return markCalled(rest, keys)
		}
	}
	if slices.Contains([]string{"sensitive", "unsigned", "idempotent", "encrypted", "encrypt"},
		theirs) && strings.HasPrefix(word, "x") {
		return markCalled(theirs, keys)
	}
	return ""
}

func markCalled(word string, keys map[string]rule) string {
	if word == "encrypted" || word == "encrypt" {
		word = "sensitive"
	}
	for _, key := range spell.SortedKeys(keys) {
		if spell.Letters(strings.TrimPrefix(key, "x-wxpay-")) == word &&
			strings.HasPrefix(key, "x-wxpay-") {
			return key
		}
	}
	return ""
}
