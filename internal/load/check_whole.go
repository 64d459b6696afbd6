package load

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// What is checked here would do no harm to the generated code and be missing in it: nothing of a description is passed over in
// silence.

// oneReply holds that the successes of an operation have one body: Go has one type for what a call returns, and a reply without
// a body where one is described is an error.
func (c *checker) oneReply(v view, l label) {
	var first, media, schema view
	for k, value := range v.entries() {
		if !strings.HasPrefix(k.text(), "2") {
			continue
		}
		content := c.set.follow(value, responses).get("content")
		for m, body := range content.entries() {
			if !first.ok() {
				first, media, schema = k, m, body.get("schema")
			} else if m.text() != media.text() || !c.sameRef(body.get("schema"), schema) {
				c.fault(k, l, fmt.Sprintf("response %s has a body of its own, and so has response %s", k.text(), first.text()),
					"let both $ref one schema: a call in Go returns one type")
			}
			break
		}
	}
	for k, value := range v.entries() {
		if r := c.set.follow(value, responses); first.ok() && strings.HasPrefix(k.text(), "2") && r.ok() && r.get("content").size() == 0 {
			c.fault(k, l, fmt.Sprintf("response %s has no body, and response %s has one", k.text(), first.text()), "keep the one that WeChat Pay sends")
		}
	}
}

// sameRef reports whether two schemas are $refs to one.
func (c *checker) sameRef(x, y view) bool {
	return x.has("$ref") && y.has("$ref") && c.set.follow(x, schemas).n == c.set.follow(y, schemas).n
}

// encodings holds the types of an upload's parts to what is sent.
func (c *checker) encodings(media view, parts target, l label) {
	for k, e := range media.get("encoding").entries() {
		part := parts.get("properties").get(k.text())
		kind := e.get("contentType")
		switch p := c.set.follow(part, schemas); {
		case k.cut():
		case !part.ok():
			c.fault(k, l, fmt.Sprintf("encoding of %s, which is no part", clip(k.text())), suggest(k.text(), keysOf(parts.get("properties"))))
		case p.get("format").text() == "binary":
			c.fault(k, l, "encoding of the file is not supported", "remove it: the type follows from the file's name, or wxpay.File says it")
		case kind.isString() && kind.text() != jsonType:
			c.fault(kind, l, fmt.Sprintf("part %s is sent as %s, not as %s", clip(k.text()), jsonType, clip(kind.text())), "")
		}
	}
}

// optional refuses a body that may be left out.
func (c *checker) optional(v view, l label) {
	if r := v.get("required"); r.text() == "false" {
		c.fault(r, l, "a body that may be left out is not supported", "remove required: a body is always sent, if only an empty object")
	}
}

// download wants a word on whether a file is signed.
func (c *checker) download(v view, l label) {
	for k, value := range v.get("responses").entries() {
		file := c.set.follow(value, responses).get("content").key(binaryType)
		if strings.HasPrefix(k.text(), "2") && file.ok() && !v.has("x-wxpay-unsigned") {
			c.fault(file, l, "a download that does not say whether it is signed", "write x-wxpay-unsigned: true at the operation, or false if WeChat Pay signs this one")
		}
	}
}

// eventKeys refuses keys that no event has.
func (c *checker) eventKeys(v view) {
	for k := range v.get("webhooks").entries() {
		if k.cut() || route.Event.MatchString(k.text()) {
			continue
		}
		mend := "write the event_type that WeChat Pay sends, like TRANSACTION.SUCCESS"
		if upper := strings.ToUpper(k.text()); route.Event.MatchString(upper) {
			mend = "did you mean " + upper + "?"
		}
		c.fault(k, label{"webhook", clip(k.text())}, "no event has such a type: they are of capital letters, digits, underscores and dots", mend)
	}
}

// answer refuses a description of what a notification is answered with.
func (c *checker) answer(post view, l label) {
	for k, value := range post.get("responses").entries() {
		if r := c.set.follow(value, responses); r.get("content").size() > 0 {
			c.fault(k, l, fmt.Sprintf("response %s has a body", clip(k.text())), "remove it: the runtime answers as WeChat Pay expects")
		}
	}
}

// nearMark returns the key that an extension of another name was probably meant to be: x-sensitive, x-wechatpay-file. Bare
// words are taken for ours only where overlooking them would be dangerous, since other tools have extensions too.
func nearMark(name string, keys map[string]rule) string {
	word := letters(name)
	theirs := strings.TrimPrefix(word, "x")
	for _, prefix := range []string{"wechatpay", "weixinpay", "wechat", "weixin", "wxpay", "wx"} {
		if rest, ok := strings.CutPrefix(theirs, prefix); ok {
			return markCalled(rest, keys)
		}
	}
	if slices.Contains([]string{"sensitive", "unsigned", "idempotent", "encrypted", "encrypt"}, theirs) && strings.HasPrefix(word, "x") {
		return markCalled(theirs, keys)
	}
	return ""
}

func markCalled(word string, keys map[string]rule) string {
	if word == "encrypted" || word == "encrypt" {
		word = "sensitive"
	}
	for _, key := range sortedKeys(keys) {
		if letters(strings.TrimPrefix(key, "x-wxpay-")) == word && strings.HasPrefix(key, "x-wxpay-") {
			return key
		}
	}
	return ""
}

// letters is a name without case and separators.
func letters(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if alphanumeric(r) {
			return r
		}
		return -1
	}, name))
}

// unread reports files that look like a description and are not read.
func unread(fsys fs.FS, prefix string, faults *sink) error {
	names, err := source.Others(fsys)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", cmp.Or(prefix, "the description"), err)
	}
	for _, name := range names {
		faults.put(Fault{File: prefix + name, What: "looks like a part of the description and is not read", Mend: "call it " +
			strings.TrimSuffix(path.Base(name), path.Ext(name)) + ".yaml (JSON is YAML), or move it out of the description"})
	}
	return nil
}

// unfilled refuses x-wxpay-file where the runtime does not look for it: anywhere but in what describes an upload's file.
func (b *builder) unfilled(ops []*model.Operation) {
	metas := map[*model.Type]bool{}
	for _, op := range ops {
		if op.Upload == nil || op.Request == nil {
			continue
		}
		for _, f := range op.Request.Fields {
			if f.In == model.InMeta {
				metas[f.Type.Ref] = true
			}
		}
	}
	for _, t := range b.order {
		for _, f := range t.Fields {
			if p := b.fields[f]; slices.Contains(fileFacts, p.file.text()) && !metas[t] {
				b.faults.at(p.file, fmt.Sprintf("property %s: x-wxpay-file outside of an upload's description of its file", p.wire), "remove it")
			}
		}
	}
}
