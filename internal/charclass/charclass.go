package charclass

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// A class is a pattern for texts whose characters are all of one class: "^[0-9a-z]{6,32}$".
type Class struct {
	Chars    string // in the form of gen.Required.Only; "" is any character
	min, max int    // lengths; a maximum of 0 is none
}

// Within narrows a range of lengths.
func (c Class) Within(low, high int) (int, int) {
	low = max(low, c.min)
	if high == 0 || c.max > 0 && c.max < high {
		high = c.max
	}
	return low, high
}

// Parse reads a pattern; ok is false if the pattern is not of this form.
func Parse(pattern string) (c Class, ok bool) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil || re.Op != syntax.OpConcat || len(re.Sub) != 3 ||
		re.Sub[0].Op != syntax.OpBeginText || re.Sub[2].Op != syntax.OpEndText {
		return Class{}, false
	}
	re = bare(re.Sub[1])
	switch re.Op {
	case syntax.OpStar:
	case syntax.OpPlus:
		c.min = 1
	case syntax.OpQuest:
		c.max = 1
	case syntax.OpRepeat:
		c.min, c.max = re.Min, max(re.Max, 0)
	default:
		c.min, c.max = 1, 1
		c.Chars, ok = chars(re)
		return c, ok
	}
	c.Chars, ok = chars(bare(re.Sub[0]))
	return c, ok
}

// bare removes parentheses.
func bare(re *syntax.Regexp) *syntax.Regexp {
	for re.Op == syntax.OpCapture {
		re = re.Sub[0]
	}
	return re
}

// chars spells the matching characters; ok is false if re does not match single ones, or matches
// nearly all.
func chars(re *syntax.Regexp) (string, bool) {
	ranges := re.Rune
	switch {
	case re.Op == syntax.OpAnyChar, re.Op == syntax.OpAnyCharNotNL:
		return "", true
	case re.Op == syntax.OpLiteral && len(re.Rune) == 1 && re.Flags&syntax.FoldCase == 0:
		ranges = []rune{re.Rune[0], re.Rune[0]}
	case re.Op != syntax.OpCharClass || len(ranges) == 0 || ranges[len(ranges)-1] == utf8.MaxRune:
		return "", false
	}
	var b strings.Builder
	hyphen := ""
	for r := range slices.Chunk(ranges, 2) {
		switch {
		case r[0] == '-' && r[1] == '-':
			hyphen = "-"
		case r[1] <= r[0]+1 && r[1] != '-' && r[0] != '-':
			b.WriteString(string(slices.Compact(r)))
		default:
			b.WriteString(string([]rune{r[0], '-', r[1]}))
		}
	}
	return b.String() + hyphen, true
}
