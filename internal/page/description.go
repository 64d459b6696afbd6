package page

import "strings"

// A description is a label, perhaps with values behind it. Values are in backticks, either in a
// list that ends in 枚举值之一 (one of) or 枚举值, or each with its own label. Words in backticks within
// prose are no values.

const oneOf = "枚举值"

var (
	breaks = strings.NewReplacer("<br />", "<br/>", "<br>", "<br/>", "<BR/>", "<br/>")
	markup = strings.NewReplacer("`", "", "**", "", `\|`, "|", "\u200b", "")
)

// describe splits the last cell of a row into the label and the values.
func describe(cell string) (label string, values []EnumValue) {
	var labelled []EnumValue
	for i, part := range splitBreaks(cell) {
		list, head, closed := readValues(part)
		switch {
		case len(list) == 0:
			if i == 0 {
				label = shorten(part)
			}
			continue
		case closed:
			values = append(values, list...)
		default:
			labelled = append(labelled, list...)
		}
		if i == 0 {
			label = shorten(head)
		}
	}
	// One value with a label may be just an example.
	if len(labelled) > 1 || len(labelled) == 1 && label == oneOf {
		values = append(values, labelled...)
	}
	if values == nil && label == "" {
		label = shorten(cell)
	}
	return label, unique(values)
}

// splitBreaks cuts at <br/>, in any spelling.
func splitBreaks(cell string) []string {
	if !strings.Contains(cell, "<") {
		return []string{cell}
	}
	return strings.Split(breaks.Replace(cell), "<br/>")
}

// readValues reads the values of one line. Head is the text before the first. Closed says that the
// line ends in 枚举值 or begins with it, so it lists values and nothing else.
func readValues(part string) (list []EnumValue, head string, closed bool) {
	head, rest, ok := strings.Cut(part, "`")
	if !ok {
		return nil, "", false
	}
	head = strings.TrimSpace(head)
	opened := strings.HasSuffix(strings.TrimRight(head, "：: "), oneOf)
	for {
		value, tail, ok := strings.Cut(rest, "`")
		if !ok || strings.TrimSpace(value) == "" {
			return nil, "", false
		}
		between, next, more := strings.Cut(tail, "`")
		label, isLabel := valueLabel(between)
		list = append(list, EnumValue{Value: strings.TrimSpace(value), Label: label})
		if !isLabel && strings.HasPrefix(strings.TrimSpace(between), oneOf) {
			return list, head, true
		}
		if !isLabel && !isSeparator(between) {
			return nil, "", false // prose
		}
		if !more {
			break
		}
		rest = next
	}
	labelled := head == "" && list[len(list)-1].Label != ""
	if !opened && !labelled {
		return nil, "", false
	}
	return list, head, opened
}

// valueLabel reads the text between a value and the next: "：支付成功、".
func valueLabel(s string) (label string, ok bool) {
	s = strings.TrimSpace(s)
	for _, mark := range []string{"：", ":", "——", "—", "–", "-", "=", "（", "("} {
		if rest, found := strings.CutPrefix(s, mark); found {
			rest = strings.Trim(rest, " \\|/，、；;,。")
			if mark == "（" || mark == "(" {
				rest = strings.TrimRight(rest, "）)")
			}
			return strings.TrimSpace(rest), rest != ""
		}
	}
	return "", false
}

// isSeparator reports whether s may separate two values of a list.
func isSeparator(s string) bool { return strings.Trim(s, " \\|/，、；;,。或") == "" }

// shorten makes a label from a description: its first clause, without markup.
func shorten(s string) string {
	if i := strings.IndexAny(s, "。；，\n"); i > 0 {
		s = s[:i]
	}
	return strings.Trim(stripTags(markup.Replace(s)), " ：:，、；;")
}

// stripTags removes HTML.
func stripTags(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	var b strings.Builder
	for {
		head, rest, ok := strings.Cut(s, "<")
		b.WriteString(head)
		if !ok {
			return b.String()
		}
		_, s, ok = strings.Cut(rest, ">")
		if !ok {
			b.WriteString("<" + rest)
			return b.String()
		}
	}
}
