package charclass

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// A class is what a pattern says that wants any number of characters, each one of a class:
// "^[0-9a-z]{6,32}$".
type Class struct {
	Chars    string // as gen.Required.Only takes it; "" is any character
	min, max int    // how many; a maximum of 0 is none
}

// Within narrows a range of lengths.
func (c Class) Within(low, high int) (int, int) {
	low = max(low, c.min)
	if high == 0 || c.max > 0 && c.max < high {
		high = c.max
	}
	return low, high
}

// Parse reads a pattern; ok is false if it says more than a class.
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

// bare takes parentheses away.
func bare(re *syntax.Regexp) *syntax.Regexp {
	for re.Op == syntax.OpCapture {
		re = re.Sub[0]
	}
	return re
}

// chars spells the characters that match; ok is false if re is no single one, or nearly all.
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
