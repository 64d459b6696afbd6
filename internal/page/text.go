package page

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The text beside a field of an official page tells what the list has no column for: the label, the
// values, formats, limits, either–or, the unit, and what is encrypted.

var (
	labelMark = regexp.MustCompile(`^\s*[【\[]?([^【】\[\]\n]{1,60})】`)
	rfc3339   = regexp.MustCompile(`(?i)rfc\s*-?3339|yyyy-MM-DDTHH:mm:ss`)
	dayText   = regexp.MustCompile(`(?i)yyyy-MM-DD`)
	inBytes   = regexp.MustCompile(`(?i)\d+\s*(?:个)?(?:字节|bytes?\b)|字节(?:数|长度)`)
	inFen     = regexp.MustCompile(
		`单位\s*(?:为|是)?\s*[:：]?\s*(?:人民币)?分|[（(]\s*(?:单位\s*[:：]?\s*)?分\s*[)）]`)
	mostItems = regexp.MustCompile(
		`(?:最多|至多|不超过|上限为?|不能超过)\s*(?:可?(?:支持|传入?|填写?|包含|有)?)?\s*(\d{1,6})\s*(?:条|个|笔|张|项|组|件)`)
	leastItems = regexp.MustCompile(`(?:至少|最少)\s*(?:传入?|填写?|包含|有)?\s*(\d{1,6})\s*(?:条|个|笔|张|项|组|件)`)
	itemRange  = regexp.MustCompile(
		`(?:条目个数限制|数组长度限制|个数限制)\s*[:：]?\s*[【\[]\s*(\d+)\s*[，,~-]\s*(\d+)\s*[】\]]`)
	mostValue = regexp.MustCompile(
		`(?:最大值(?:限制)?为?|最大不超过|最大为|max(?:imum)?(?:\s+value)?(?:\s+is)?)\s*[:：]?\s*(\d{1,9})\b`)
	lengthSpan = regexp.MustCompile(`(\d{1,5})\s*[-~—]\s*(\d{1,5})\s*个?(?:字符|字节|位)`)
	exampleOf  = regexp.MustCompile(`(?im)(?:示例值?|示例|例如|example)\s*[:：]\s*([^\n]*)`)
	scopeNote  = regexp.MustCompile(`(?i)(?:仅适用于?|只适用于?|only\s+for)\s*`)
)

// readText takes what the text beside a row tells. Limits are those of what a caller sends.
func (r *Row) readText(text string, sent bool) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "¦", "|"))
	r.Label = labelIn(text)
	r.text = text
	r.Enum = valuesIn(text)
	if r.Type == "boolean" {
		r.Enum = nil
	}
	if (r.Type == "integer" || r.Type == "number") && inFen.MatchString(text) && r.Label != "" &&
		!strings.Contains(r.Label, "分") {
		r.Label += "（分）"
	}
	if r.Type == "string" && !r.Array && len(r.Enum) == 0 {
		r.Format = r.formatIn(text)
	}
	r.readLimits(text, sent)
}

// labelIn is what stands in 【】 at the beginning, or the first clause.
func labelIn(text string) string {
	if m := labelMark.FindStringSubmatch(text); m != nil {
		return strings.TrimSpace(m[1])
	}
	if m := exampleOf.FindStringIndex(text); m != nil {
		text = text[:m[0]]
	}
	if m := enumMark.FindStringIndex(text); m != nil {
		text = text[:m[0]]
	}
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return shorten(line)
}

// formatIn tells dates: where the text says so and no example is otherwise.
func (r *Row) formatIn(text string) string {
	format := ""
	switch {
	case rfc3339.MatchString(text):
		format = "date-time"
	case dayText.MatchString(text) && !strings.Contains(strings.ToLower(text), "hh:mm"):
		format = "date"
	}
	m := exampleOf.FindStringSubmatch(text)
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

// dateName reports whether a field may hold a moment by its name.
func dateName(name string) bool {
	return slices.ContainsFunc([]string{"time", "date", "day", "_at", "expire", "begin", "end"},
		func(w string) bool { return strings.Contains(name, w) })
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
		r.Limits.MaxItems, r.Limits.MinItems = numberIn(mostItems, text), numberIn(leastItems, text)
		if m := itemRange.FindStringSubmatch(text); m != nil {
			r.Limits.MinItems, _ = strconv.Atoi(m[1])
			r.Limits.MaxItems, _ = strconv.Atoi(m[2])
		}
	}
	if r.Type == "integer" && !r.Array {
		r.Limits.Maximum = numberIn(mostValue, text)
	}
}

func (r *Row) readLengths(text string) {
	l := &r.Limits
	if l.MaxLength == 0 {
		return
	}
	l.Bytes = inBytes.MatchString(text)
	if m := lengthSpan.FindStringSubmatch(text); m != nil {
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

// Values of an enumeration.

var (
	enumMark = regexp.MustCompile(
		`(?i)可选取值(?:范围)?|枚举值(?:之一)?|可选值|取值范围|取值说明|取值如下|enumerat(?:e|ion)(?:\s+values?)?s?|optional\s+values?`)
	valueLine = regexp.MustCompile(
		"^[\\s\\-•·●*]*[`\"“]?([A-Za-z0-9_.\\-]+)[`\"”]?\\s*(?:[:：]|——|—|–|-|=|（|\\()\\s*(.*)$")
	bareValue  = regexp.MustCompile("^[\\s\\-•·●*]*[`\"“]?([A-Z0-9][A-Z0-9_]+)[`\"”]?[,，、;；]?\\s*$")
	gluedValue = regexp.MustCompile(`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)\s*[:：]\s*`)
	constant   = regexp.MustCompile(`^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$`)
)

// valuesIn reads the values that a text lists: behind 可选取值 or 枚举值, or as several lines of
// VALUE: label.
func valuesIn(text string) []EnumValue {
	if m := enumMark.FindStringIndex(text); m != nil {
		return unique(markedValues(text[m[1]:]))
	}
	var list []EnumValue
	for line := range strings.SplitSeq(text, "\n") {
		if m := valueLine.FindStringSubmatch(line); m != nil && constant.MatchString(m[1]) {
			list = append(list, splitGlued(m[1], m[2])...)
		}
	}
	if len(list) < 2 {
		return nil // one value with a label may be no more than an example
	}
	return unique(list)
}

// markedValues reads the values behind the word that announces them, up to the first line that is
// none.
func markedValues(text string) []EnumValue {
	text = strings.TrimLeft(text, " :：】]\t之一")
	var list []EnumValue
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch m := valueLine.FindStringSubmatch(line); {
		case line == "":
		case exampleOf.MatchString(line) && exampleOf.FindStringIndex(line)[0] == 0:
			return list
		case m != nil && !strings.HasPrefix(m[2], "//"):
			list = append(list, splitGlued(m[1], m[2])...)
		case bareValue.MatchString(line):
			list = append(list, EnumValue{Value: bareValue.FindStringSubmatch(line)[1]})
		default:
			if more := inlineValues(line); len(more) > 0 {
				list = append(list, more...)
			} else if i > 0 && len(list) > 0 {
				return list
			}
		}
	}
	return list
}

// inlineValues reads values that stand on one line with bars, commas or blanks between them.
func inlineValues(line string) (list []EnumValue) {
	line, _, _ = strings.Cut(line, oneOf)
	for _, word := range strings.FieldsFunc(line, func(r rune) bool {
		return strings.ContainsRune("|,，、/;； ", r)
	}) {
		if !constant.MatchString(word) || len(word) < 2 {
			return nil
		}
		list = append(list, EnumValue{Value: word})
	}
	return list
}

// splitGlued takes values apart that have lost the line break between them: "A: 甲B: 乙".
func splitGlued(value, rest string) []EnumValue {
	if m := exampleOf.FindStringIndex(rest); m != nil {
		rest = rest[:m[0]]
	}
	cuts := gluedValue.FindAllStringSubmatchIndex(rest, -1)
	if !constant.MatchString(value) {
		cuts = nil
	}
	var list []EnumValue
	start := 0
	for _, c := range cuts {
		list = append(list, EnumValue{value, tidyLabel(rest[start:c[0]])})
		value, start = rest[c[2]:c[3]], c[1]
	}
	return append(list, EnumValue{value, tidyLabel(rest[start:])})
}

func tidyLabel(s string) string {
	return shorten(strings.Trim(strings.TrimSpace(s), "，。；;,. )）|"))
}

// Either–or.

var eitherOr = regexp.MustCompile(
	`(?i)(?:[二三四五六多两]|\d)\s*[选择]\s*[一1其]|不能同时为空|至少(?:填|传|有|需)[^。；;\n]{0,12}(?:一个|其一|一项)|choose\s+(?:any\s+)?one|at\s+least\s+one\s+of`)

var fieldWord = regexp.MustCompile(`[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*`)

// rivals returns the fields among some rows that a row's text calls alternatives to each other; nil
// if it says nothing of the kind.
func rivals(r *Row, siblings []*Row) []string {
	for _, sentence := range strings.FieldsFunc(r.text, func(c rune) bool {
		return strings.ContainsRune("。；;\n", c)
	}) {
		if !eitherOr.MatchString(sentence) {
			continue
		}
		names := []string{r.Name}
		for _, s := range siblings {
			if s != r && (slices.Contains(fieldWord.FindAllString(sentence, -1), s.Name) ||
				len(s.Label) > 6 && strings.Contains(sentence, s.Label)) {
				names = append(names, s.Name)
			}
		}
		if len(names) > 1 {
			return names
		}
	}
	return nil
}

// choicesOf finds the either–or of an object and of those within, and makes their fields optional:
// none is required by itself.
func choicesOf(rows []*Row, way []string) []Choice {
	var all []Choice
	for _, r := range rows {
		names := rivals(r, rows)
		if names == nil {
			continue
		}
		names = inOrder(names, rows)
		if !slices.ContainsFunc(all, func(c Choice) bool {
			return slices.Equal(c.Names, names) && len(c.Object) == len(way)
		}) {
			all = append(all, Choice{slices.Clone(way), names})
		}
		for _, name := range names {
			f := findRow(rows, name)
			f.Required, f.Unknown = false, false
		}
	}
	for _, r := range rows {
		all = append(all, choicesOf(r.Rows, append(slices.Clip(way), r.Name))...)
	}
	return all
}

// inOrder sorts names as their rows stand.
func inOrder(names []string, rows []*Row) []string {
	var out []string
	for _, r := range rows {
		if slices.Contains(names, r.Name) {
			out = append(out, r.Name)
		}
	}
	return out
}
