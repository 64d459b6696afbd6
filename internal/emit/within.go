package emit

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/model"
)

// choose picks further fields for an example, so that it fulfils every choice.
func choose(t *model.Type, shown func(*model.Field) bool) map[*model.Field]bool {
	chosen := make(map[*model.Field]bool)
	for _, c := range t.Choices {
		open := true
		for _, branch := range c.Branches {
			all := true
			for _, f := range branch {
				all = all && (shown(f) || chosen[f])
			}
			open = open && !all
		}
		for _, f := range c.Branches[0] {
			chosen[f] = chosen[f] || open
		}
	}
	return chosen
}

// clamp moves a made-up number into its bounds.
func clamp(n float64, ref *model.TypeRef) float64 {
	if ref.Limits == nil {
		return n
	}
	if low, err := strconv.ParseFloat(ref.Limits.Minimum, 64); err == nil {
		n = max(n, low)
	}
	if high, err := strconv.ParseFloat(ref.Limits.Maximum, 64); err == nil {
		n = min(n, high)
	}
	return n
}

// within changes a made-up text so that Validate accepts it.
func within(text string, ref *model.TypeRef) string {
	l := ref.Limits
	if l == nil || ref.Base == model.Secret && !l.Clear {
		return text
	}
	if l.Class != "" {
		text = strings.Map(func(r rune) rune {
			if !inClass(r, l.Class) {
				return -1
			}
			return r
		}, text)
	}
	size := utf8.RuneCountInString
	if l.Bytes {
		size = func(s string) int { return len(s) }
	}
	for l.MaxLength > 0 && size(text) > l.MaxLength {
		_, last := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-last]
	}
	filler := "0"
	if l.Class != "" && !inClass('0', l.Class) {
		first, _ := utf8.DecodeRuneInString(l.Class)
		filler = string(first)
	}
	for size(text) < max(l.MinLength, 1) {
		text += filler
	}
	return text
}

// inClass reports whether a class has a character. The class has the form of gen.Required.Only.
func inClass(r rune, class string) bool {
	set := []rune(class)
	for i := 0; i < len(set); i++ {
		low, high := set[i], set[i]
		if i+2 < len(set) && set[i+1] == '-' {
			high = set[i+2]
			i += 2
		}
		if low <= r && r <= high {
			return true
		}
	}
	return false
}
