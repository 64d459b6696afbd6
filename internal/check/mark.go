package check

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/spell"
)

// isForeign reports whether a key is an extension of another tool or team. The files may hold such
// keys.
func isForeign(name string) bool {
	return strings.HasPrefix(name, "x-") &&
		!slices.ContainsFunc([]string{"x-wxpay", "x-go-", "x-enum-"}, func(own string) bool {
			return strings.HasPrefix(name, own)
		})
}

// nearMark returns the key that a misspelt extension probably meant: x-sensitive, x-wechatpay-file.
// Without a prefix of WeChat Pay it considers dangerous words only, since other tools have
// extensions, too.
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
