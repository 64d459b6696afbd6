package page

import (
	"regexp"
	"strconv"
	"strings"
)

// The text beside a field of an official page has facts without a column of their own: the label,
// the values, formats, limits, and the unit.

var (
	labelMark = lazy(`^\s*[【\[]?([^【】\[\]\n]{1,60})】`)
	rfc3339   = lazy(`(?i)rfc\s*-?3339|yyyy-MM-DDTHH:mm:ss`)
	dayText   = lazy(`(?i)yyyy-MM-DD`)
	inBytes   = lazy(`(?i)\d+\s*(?:个)?(?:字节|bytes?\b)|字节(?:数|长度)`)
	inFen     = lazy(
		`单位\s*(?:为|是)?\s*[:：]?\s*(?:人民币)?分|[（(]\s*(?:单位\s*[:：]?\s*)?分\s*[)）]`)
	mostItems = lazy(
		`(?:最多|至多|不超过|上限为?|不能超过)\s*(?:可?(?:支持|传入?|填写?|包含|有)?)?\s*(\d{1,6})\s*(?:条|个|笔|张|项|组|件)`)
	leastItems = lazy(`(?:至少|最少)\s*(?:传入?|填写?|包含|有)?\s*(\d{1,6})\s*(?:条|个|笔|张|项|组|件)`)
	itemRange  = lazy(
		`(?:条目个数限制|数组长度限制|个数限制)\s*[:：]?\s*[【\[]\s*(\d+)\s*[，,~-]\s*(\d+)\s*[】\]]`)
	mostValue = lazy(
		`(?:最大值(?:限制)?为?|最大不超过|最大为|max(?:imum)?(?:\s+value)?(?:\s+is)?)\s*[:：]?\s*(\d{1,9})\b`)
	lengthSpan = lazy(`(\d{1,5})\s*[-~—]\s*(\d{1,5})\s*个?(?:字符|字节|位)`)
	scopeNote  = lazy(`(?i)(?:仅适用于?|只适用于?|only\s+for)\s*`)
)

// readText takes the facts from the text beside a row. It takes limits only for requests.
func (r *Row) readText(text string, sent bool) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "¦", "|"))
	r.Label = labelIn(text)
	r.text = text
	r.Enum = valuesIn(text)
	if r.Type == "boolean" {
		r.Enum = nil
	}
	if (r.Type == "integer" || r.Type == "number") && inFen().MatchString(text) && r.Label != "" &&
		!strings.Contains(r.Label, "分") {
		r.Label += "（分）"
	}
	if r.Type == "string" && !r.Array && len(r.Enum) == 0 {
		r.Format = r.formatIn(text)
	}
	r.readLimits(text, sent)
}

// labelIn is the text in 【】 at the beginning, or the first clause.
func labelIn(text string) string {
	if m := labelMark().FindStringSubmatch(text); m != nil {
		return strings.TrimSpace(m[1])
	}
	if m := exampleOf().FindStringIndex(text); m != nil {
		text = text[:m[0]]
	}
	if m := enumMark().FindStringIndex(text); m != nil {
		text = text[:m[0]]
	}
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return shorten(line)
}

// formatIn finds dates: the text says so, and no example contradicts.
func (r *Row) formatIn(text string) string {
	format := ""
	switch {
	case rfc3339().MatchString(text):
		format = "date-time"
	case dayText().MatchString(text) && !strings.Contains(strings.ToLower(text), "hh:mm"):
		format = "date"
	}
	m := exampleOf().FindStringSubmatch(text)
	if m == nil {
		return format
	}
	shown := strings.Fields(m[1])
	if len(shown) == 0 {
		return format
	}
	if f := dateFormat(strings.Trim(shown[0], `"'`)); f != "" && format == "" && dateName(r.Name) {
		return f
	}
	return format
}

func (r *Row) readLimits(text string, sent bool) {
	if !sent || r.Format == "date-time" || r.Type != "string" || r.Array || len(r.Enum) > 0 {
		r.Limits.MinLength, r.Limits.MaxLength = 0, 0
	} else {
		r.readLengths(text)
	}
	if !sent {
		return
	}
	if r.Array {
		r.Limits.MaxItems, r.Limits.MinItems = numberIn(mostItems(), text),
			numberIn(leastItems(), text)
		if m := itemRange().FindStringSubmatch(text); m != nil {
			r.Limits.MinItems, _ = strconv.Atoi(m[1])
			r.Limits.MaxItems, _ = strconv.Atoi(m[2])
		}
	}
	if r.Type == "integer" && !r.Array {
		r.Limits.Maximum = numberIn(mostValue(), text)
	}
}

func (r *Row) readLengths(text string) {
	l := &r.Limits
	if l.MaxLength == 0 {
		return
	}
	l.Bytes = inBytes().MatchString(text)
	if m := lengthSpan().FindStringSubmatch(text); m != nil {
		least, _ := strconv.Atoi(m[1])
		if most, _ := strconv.Atoi(m[2]); least <= most && most == l.MaxLength {
			l.MinLength = least
		}
	}
}

func numberIn(pattern *regexp.Regexp, text string) int {
	m := pattern.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}
