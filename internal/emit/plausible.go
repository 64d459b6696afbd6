package emit

import "strings"

// A hint is a value for fields whose name ends in a word.
type hint struct{ word, value string }

// disguises are the example values of sensitive fields: readable values that belong to nobody.
var disguises = []hint{
	{"email", "zhangsan@example.com"},
	{"mobile", "13800138000"}, {"phone", "13800138000"}, {"telephone", "13800138000"},
	{"tel", "13800138000"},
	{"address", "广东省深圳市某区某路1号"},
	{"name", "张三"}, {"holder", "张三"}, {"contact", "张三"},
	{"bank_account", "6200000000000000000"}, {"account_number", "6200000000000000000"},
	{"account_no", "6200000000000000000"},
	{"account", "6200000000000000000"}, {"bank_card", "6200000000000000000"},
	{"bank_card_number", "6200000000000000000"},
	{"card", "110101190001010000"}, {"number", "110101190001010000"}, {"_no", "110101190001010000"},
	{"_id", "110101190001010000"},
	{"code", "110101190001010000"},
}

// disguise returns the clear text of a sensitive field in an example. Examples never show the
// ciphertext of the description.
func disguise(wire string) string { return pick(disguises, wire, "明文") }

// examples are values for required fields without an example in the description.
var examples = []hint{
	{"sub_appid", "wxd678efh567hg6999"}, {"appid", "wxd678efh567hg6787"},
	{"sub_mchid", "1900000109"}, {"mchid", "1230000109"}, {"mch_id", "1230000109"},
	{"openid", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
	{"url", "https://www.example.com/notify"},
	{"email", "zhangsan@example.com"}, {"phone", "13800138000"}, {"mobile", "13800138000"},
	{"currency", "CNY"}, {"_ip", "203.0.113.1"},
	{"date", "2026-11-22"}, {"begin", "2026-11-22"}, {"end", "2027-11-22"},
	{"time", "2026-11-22T10:34:56+08:00"},
	{"media_id", "MediaId"}, {"copy", "MediaId"}, {"pic", "MediaId"}, {"pics", "MediaId"},
	{"_no", "1217752501201407033233368018"}, {"_id", "1217752501201407033233368018"},
	{"code", "100001"},
	{"description", "示例"}, {"remark", "示例"}, {"reason", "示例"}, {"name", "示例"}, {"title", "示例"},
}

// plausibleString returns a value for a required field without an example: a value for its name, or
// the name itself.
func plausibleString(wire string) string { return pick(examples, wire, wire) }

// plausibleInt returns a number for a required field without an example.
func plausibleInt(wire string) int64 {
	switch {
	case strings.Contains(wire, "amount"), strings.Contains(wire, "total"),
		strings.Contains(wire, "price"):
		return 100
	case strings.Contains(wire, "limit"), strings.Contains(wire, "count"):
		return 10
	}
	return 1
}

// pick takes the longest word that a name ends in.
func pick(hints []hint, wire, otherwise string) string {
	wire = "_" + strings.ToLower(wire)
	best := hint{value: otherwise}
	for _, h := range hints {
		word := "_" + strings.TrimPrefix(h.word, "_")
		if strings.HasSuffix(wire, word) && len(word) > len(best.word) {
			best = hint{word, h.value}
		}
	}
	return best.value
}
