package page

import (
	"strings"
)

// The text beside a field of an official page may list the values of an enumeration.

var (
	enumMark = lazy(
		`(?i)可选取值(?:范围)?|枚举值(?:之一)?|可选值|取值范围|取值说明|取值如下|enumerat(?:e|ion)(?:\s+values?)?s?|optional\s+values?`)
	valueLine = lazy(
		"^[\\s\\-•·●*]*[`\"“]?([A-Za-z0-9_.\\-]+)[`\"”]?\\s*(?:[:：]|——|—|–|-|=|（|\\()\\s*(.*)$")
	bareValue  = lazy("^[\\s\\-•·●*]*[`\"“]?([A-Z0-9][A-Z0-9_]+)[`\"”]?[,，、;；]?\\s*$")
	gluedValue = lazy(`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)\s*[:：]\s*`)
	constant   = lazy(`^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$`)
)

var exampleOf = lazy(`(?im)(?:示例值?|示例|例如|example)\s*[:：]\s*([^\n]*)`)

// valuesIn reads the values in a text: behind 可选取值 or 枚举值, or as several lines of VALUE: label.
func valuesIn(text string) []EnumValue {
	if m := enumMark().FindStringIndex(text); m != nil {
		return unique(markedValues(text[m[1]:]))
	}
	var list []EnumValue
	for line := range strings.SplitSeq(text, "\n") {
		if m := valueLine().FindStringSubmatch(line); m != nil && constant().MatchString(m[1]) {
			list = append(list, splitGlued(m[1], m[2])...)
		}
	}
	if len(list) < 2 {
		return nil // one value with a label may be just an example
	}
	return unique(list)
}

// markedValues reads the values behind the word that announces them, up to the first other line.
func markedValues(text string) []EnumValue {
	text = strings.TrimLeft(text, " :：】]\t之一")
	var list []EnumValue
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch m := valueLine().FindStringSubmatch(line); {
		case line == "":
		case exampleOf().MatchString(line) && exampleOf().FindStringIndex(line)[0] == 0:
			return list
		case m != nil && !strings.HasPrefix(m[2], "//"):
			list = append(list, splitGlued(m[1], m[2])...)
		case bareValue().MatchString(line):
			list = append(list, EnumValue{Value: bareValue().FindStringSubmatch(line)[1]})
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
		if !constant().MatchString(word) || len(word) < 2 {
			return nil
		}
		list = append(list, EnumValue{Value: word})
	}
	return list
}

// splitGlued splits values without a line break between them: "A: 甲B: 乙".
func splitGlued(value, rest string) []EnumValue {
	if m := exampleOf().FindStringIndex(rest); m != nil {
		rest = rest[:m[0]]
	}
	cuts := gluedValue().FindAllStringSubmatchIndex(rest, -1)
	if !constant().MatchString(value) {
		cuts = nil
	}
	var list []EnumValue
	start := 0
	for _, c := range cuts {
		list = append(list, EnumValue{value, trimLabel(rest[start:c[0]])})
		value, start = rest[c[2]:c[3]], c[1]
	}
	return append(list, EnumValue{value, trimLabel(rest[start:])})
}

func trimLabel(s string) string {
	return shorten(strings.Trim(strings.TrimSpace(s), "，。；;,. )）|"))
}
