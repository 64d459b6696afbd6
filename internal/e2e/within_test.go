package e2e

import (
	"encoding/json"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/rawspec"
)

// This file keeps the samplers' values within the limits and choices of the description.

// measure returns the length of a text as the schema counts it, and the unit.
func measure(v rawspec.View, text string) (n int, things string) {
	if v.At("x-wxpay-length").Is("bytes") {
		return len(text), "byte"
	}
	return utf8.RuneCountInString(text), "character"
}

// withinText makes a text of the length and the pattern of a schema.
func (s *sampler) withinText(v rawspec.View, text string) string {
	low, _ := v.Bound("minLength")
	high, bounded := v.Bound("maxLength")
	if pattern := v.At("pattern").Text(); pattern != "" {
		return s.matching(v, pattern)
	}
	if n, _ := measure(v, text); bounded && n > high {
		text = strconv.FormatInt(int64(s.count), 36) + text // goes first, so that it is not cut off
	}
	for n, _ := measure(v, text); bounded && n > high; n, _ = measure(v, text) {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	for n, _ := measure(v, text); n < low; n, _ = measure(v, text) {
		text += "x"
	}
	return text
}

// matching makes a text that matches a pattern and has the length that the schema wants.
func (s *sampler) matching(v rawspec.View, pattern string) string {
	low, _ := v.Bound("minLength")
	high, bounded := v.Bound("maxLength")
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		panic(err)
	}
	for more := range 200 {
		text := s.write(re, more)
		n, _ := measure(v, text)
		if n >= max(low, 1) && (!bounded || n <= high) &&
			regexp.MustCompile(pattern).MatchString(text) {
			return text
		}
	}
	panic(fmt.Sprintf("%s: no text for the pattern %s", v.Pos(), pattern))
}

// write makes a text that matches re, with more repetitions than needed.
func (s *sampler) write(re *syntax.Regexp, more int) string {
	s.count++
	switch re.Op {
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpCharClass:
		pair := (s.count % (len(re.Rune) / 2)) * 2
		return string(re.Rune[pair] + rune(s.count)%(re.Rune[pair+1]-re.Rune[pair]+1))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return string(rune('a' + s.count%26))
	case syntax.OpAlternate:
		return s.write(re.Sub[s.count%len(re.Sub)], more)
	case syntax.OpConcat, syntax.OpCapture:
		var b strings.Builder
		for _, sub := range re.Sub {
			b.WriteString(s.write(sub, more))
		}
		return b.String()
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		low, high := re.Min, re.Max
		switch re.Op {
		case syntax.OpStar:
			low, high = 0, -1
		case syntax.OpPlus:
			low, high = 1, -1
		case syntax.OpQuest:
			low, high = 0, 1
		}
		times := low + more
		if high >= 0 {
			times = min(times, high)
		}
		var b strings.Builder
		for range times {
			b.WriteString(s.write(re.Sub[0], more))
		}
		return b.String()
	}
	return ""
}

// withinNumber moves a number into the bounds of the schema.
func withinNumber(v rawspec.View, text string) json.Number {
	n, _ := strconv.ParseFloat(text, 64)
	for key, outside := range map[string]func(bound float64) bool{
		"minimum": func(bound float64) bool { return n < bound },
		"maximum": func(bound float64) bool { return n > bound },
	} {
		if bound, err := strconv.ParseFloat(v.At(key).Text(), 64); err == nil && outside(bound) {
			return json.Number(strconv.FormatFloat(bound, 'f', -1, 64))
		}
	}
	return json.Number(text)
}

// elements is the number of elements for a list: two, if the schema allows it.
func elements(v rawspec.View) int {
	n := 2
	if low, ok := v.Bound("minItems"); ok {
		n = max(n, low)
	}
	if high, ok := v.Bound("maxItems"); ok {
		n = min(n, high)
	}
	return n
}

// chosen decides which fields of an object, or parameters, are set: the wanted ones, changed to
// fulfil the choices.
func (s *sampler) chosen(wanted []string, choices []rawspec.Choice) []string {
	if s.everything {
		return wanted
	}
	has := func(branch []string) bool {
		return !slices.ContainsFunc(branch, func(name string) bool {
			return !slices.Contains(wanted, name)
		})
	}
	excluded := map[string]bool{}
	for _, c := range choices {
		if !c.Exactly {
			continue
		}
		keep := c.Branches[s.count%len(c.Branches)]
		for _, branch := range c.Branches {
			for _, name := range branch {
				if !slices.Contains(keep, name) {
					excluded[name] = true
				}
			}
		}
		wanted = append(wanted, keep...)
	}
	wanted = slices.DeleteFunc(wanted, func(name string) bool { return excluded[name] })
	for _, c := range choices {
		open := slices.DeleteFunc(slices.Clone(c.Branches), func(branch []string) bool {
			return slices.ContainsFunc(branch, func(name string) bool { return excluded[name] })
		})
		if len(open) > 0 && !slices.ContainsFunc(c.Branches, has) {
			wanted = append(wanted, open[s.count%len(open)]...)
		}
	}
	return wanted
}
