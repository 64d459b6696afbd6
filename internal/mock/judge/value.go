package judge

import (
	"encoding/json"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// value checks a value and returns it with sealed fields in clear.
func (w *walker) value(at place, s *desc.Schema, v any) (any, *refuse.Error) {
	switch s.Type {
	case "object":
		object, ok := v.(map[string]any)
		if !ok {
			return v, at.wants(v, "对象", "want an object")
		}
		return w.object(at, s, object)
	case "array":
		list, ok := v.([]any)
		if !ok {
			return v, at.wants(v, "数组", "want an array")
		}
		return w.list(at, s, list)
	case "string":
		text, ok := v.(string)
		if !ok {
			return v, at.wants(v, "字符串", "want a string")
		}
		return w.string(at, s, text)
	case "integer", "number":
		number, ok := v.(json.Number)
		if !ok {
			return v, at.wants(v, "数值", "want a number")
		}
		return v, numeric(at, s, number)
	case "boolean":
		if _, ok := v.(bool); !ok {
			return v, at.wants(v, "布尔值", "want true or false")
		}
	}
	return v, nil
}

func (w *walker) object(at place, s *desc.Schema, object map[string]any) (any, *refuse.Error) {
	if s.Open() {
		return object, nil
	}
	clear := make(map[string]any, len(object))
	for i := range s.Fields {
		f := &s.Fields[i]
		here := place{at.location, at.pointer + "/" + f.Name, f.Label}
		v, there := object[f.Name]
		if !there || v == "" && f.Required {
			if f.Required {
				return nil, here.missing()
			}
			if !there {
				continue
			}
		}
		v, refused := w.value(here, f.Schema, v)
		if refused != nil {
			return nil, refused
		}
		clear[f.Name] = v
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if _, known := clear[name]; known {
			continue
		}
		here := place{at.location, at.pointer + "/" + clip(name), name}
		if s.Extra == nil {
			return nil, refuse.Unknown(at.location, here.field(), shown(object[name]))
		}
		v, refused := w.value(here, s.Extra, object[name])
		if refused != nil {
			return nil, refused
		}
		clear[name] = v
	}
	return clear, choose(at, s.Choices, func(name string) bool {
		_, there := clear[name]
		return there
	})
}

// choose checks choices between fields.
func choose(at place, choices []desc.Choice, there func(string) bool) *refuse.Error {
	for _, c := range choices {
		met, touched := 0, 0
		for _, branch := range c.Branches {
			all, any := true, false
			for _, name := range branch {
				all, any = all && there(name), any || there(name)
			}
			if all {
				met++
			}
			if any {
				touched++
			}
		}
		first := place{at.location, at.pointer + "/" + c.Branches[0][0], c.String()}
		switch {
		case met == 0:
			return first.missing()
		case c.Exactly && touched > 1:
			return first.breaks("互斥", "", "only one of "+c.String()+" may be set", "%s只能填写其一",
				c.String())
		}
	}
	return nil
}

func (w *walker) list(at place, s *desc.Schema, list []any) (any, *refuse.Error) {
	switch n := len(list); {
	case n < s.MinItems:
		return nil, at.breaks("数组", n, "too few items", "元素个数 %d，小于最小值 %d", n, s.MinItems)
	case s.MaxItems > 0 && n > s.MaxItems:
		return nil, at.breaks("数组", n, "too many items", "元素个数 %d，大于最大值 %d", n, s.MaxItems)
	}
	clear := make([]any, len(list))
	for i, item := range list {
		v, refused := w.value(place{at.location, at.pointer + "/" + strconv.Itoa(i), at.label},
			s.Items, item)
		if refused != nil {
			return nil, refused
		}
		clear[i] = v
	}
	return clear, nil
}

func (w *walker) string(at place, s *desc.Schema, text string) (any, *refuse.Error) {
	clear := text
	if s.Sensitive {
		opened, refused := w.open(at, text)
		if refused != nil {
			return nil, refused
		}
		if clear = opened; s.Clear {
			text = clear
		}
	}
	if refused := lengths(at, s, text); refused != nil {
		return nil, refused
	}
	switch {
	case len(s.Enum) > 0 && !listed(s.Enum, clear):
		return nil, at.breaks("枚举", clip(clear), "not one of the values", "值“%s”不在枚举范围内",
			clip(clear))
	case s.Pattern != "" && !pattern(s.Pattern).MatchString(clear):
		return nil, at.breaks("字符串", clip(clear), "does not match "+s.Pattern, "不匹配正则表达式 %s",
			s.Pattern)
	case s.Format == "date-time" && clear != "":
		if _, err := time.Parse(time.RFC3339, clear); err != nil {
			return nil, at.breaks("时间", clip(clear), "not a moment as RFC 3339 writes it",
				"不符合rfc3339格式")
		}
	}
	if s.Inside == nil {
		return clear, nil
	}
	return w.inside(at, s.Inside, clear)
}

// inside checks the JSON inside a string.
func (w *walker) inside(at place, s *desc.Schema, text string) (any, *refuse.Error) {
	v, refused := parse([]byte(text))
	if refused != nil {
		return nil, at.breaks("字符串", clip(text), "not JSON", "不是合法的JSON字符串")
	}
	clear, refused := w.value(at, s, v)
	if refused != nil || !s.Seals() {
		return text, refused
	}
	opened, _ := json.Marshal(clear) // parsed JSON always marshals
	return string(opened), nil
}

// open decrypts a sealed field.
func (w *walker) open(at place, text string) (string, *refuse.Error) {
	key := w.key
	switch {
	case w.clear:
		return text, nil
	case w.serial == "":
		return "", refuse.Param("header", "Wechatpay-Serial", "",
			at.source()+" is sealed, and Wechatpay-Serial is missing",
			"Http header缺少微信支付平台证书序列号(Wechatpay-Serial)")
	case key == nil:
		return "", unknownSerial(w.serial)
	}
	clear, err := keys.Unseal(key.Key, text)
	if err != nil {
		return "", refuse.Param(at.location, at.field(), "", "cannot be decrypted: "+err.Error()+
			"; Wechatpay-Serial is "+clip(w.serial), "敏感信息“%s”（%s）解密失败，请使用Wechatpay-Serial对应的公钥加密",
			at.label, at.source())
	}
	w.sealed = append(w.sealed, Sealed{at.source(), text, clear})
	return clear, nil
}

func lengths(at place, s *desc.Schema, text string) *refuse.Error {
	n, what := utf8.RuneCountInString(text), "字符数"
	if s.Bytes || n == len(text) {
		n, what = len(text), "字节数"
	}
	switch {
	case n < s.MinLength:
		return at.breaks("字符串", clip(text), "too short", "%s %d，小于最小值 %d", what, n, s.MinLength)
	case s.MaxLength > 0 && n > s.MaxLength:
		return at.breaks("字符串", clip(text), "too long", "%s %d，大于最大值 %d", what, n, s.MaxLength)
	}
	return nil
}

func listed(values []json.RawMessage, text string) bool {
	for _, raw := range values {
		var v string
		if json.Unmarshal(raw, &v) == nil && v == text || string(raw) == text {
			return true
		}
	}
	return false
}

func numeric(at place, s *desc.Schema, number json.Number) *refuse.Error {
	if s.Type == "integer" {
		if _, err := strconv.ParseInt(string(number), 10, 64); err != nil {
			return at.wants(number, " 64 位有符号整数", "want an integer of 64 bits")
		}
	} else if _, err := strconv.ParseFloat(string(number), 64); err != nil {
		return at.wants(number, "数值", "want a number")
	}
	if len(s.Enum) > 0 && !listed(s.Enum, string(number)) {
		return at.breaks("枚举", number, "not one of the values", "值 %s 不在枚举范围内", number)
	}
	if s.Minimum != "" && compare(string(number), s.Minimum) < 0 {
		return at.breaks("数值", number, "too small", "数值 %s，小于最小值 %s", number, s.Minimum)
	}
	if s.Maximum != "" && compare(string(number), s.Maximum) > 0 {
		return at.breaks("数值", number, "too large", "数值 %s，大于最大值 %s", number, s.Maximum)
	}
	return nil
}

// compare compares numbers without rounding. Both are short: parsed numbers of JSON, and limits.
func compare(a, b string) int {
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	if !okX || !okY {
		return 0
	}
	return x.Cmp(y)
}

var patterns sync.Map // *regexp.Regexp by text; the description has a few

// pattern is a regular expression of the description. Lint has compiled it.
func pattern(text string) *regexp.Regexp {
	if known, ok := patterns.Load(text); ok {
		return known.(*regexp.Regexp)
	}
	made := regexp.MustCompile(text)
	patterns.Store(text, made)
	return made
}

// Conforms checks a value in clear, such as the body of a reply, against a schema, with the limits
// for requests.
func Conforms(s *desc.Schema, v any) *refuse.Error {
	w := &walker{clear: true}
	_, refused := w.value(place{"body", "", ""}, s, v)
	return refused
}
