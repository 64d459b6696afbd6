package page

import (
	"slices"
	"strings"
)

// The text beside a field may say that one of several fields is enough.

var eitherOr = lazy(
	`(?i)(?:[二三四五六多两]|\d)\s*[选择]\s*[一1其]|不能同时为空|至少(?:填|传|有|需)[^。；;\n]{0,12}(?:一个|其一|一项)|choose\s+(?:any\s+)?one|at\s+least\s+one\s+of`)

var fieldWord = lazy(`[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*`)

// rivals returns the fields that a row's text calls alternatives, itself included; nil if it names
// none.
func rivals(r *Row, siblings []*Row) []string {
	for _, sentence := range strings.FieldsFunc(r.text, func(c rune) bool {
		return strings.ContainsRune("。；;\n", c)
	}) {
		if !eitherOr().MatchString(sentence) {
			continue
		}
		names := []string{r.Name}
		for _, s := range siblings {
			if s != r && (slices.Contains(fieldWord().FindAllString(sentence, -1), s.Name) ||
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

// choicesOf finds the choices of an object and of the objects within. Their fields become optional:
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

// inOrder sorts names in the order of their rows.
func inOrder(names []string, rows []*Row) []string {
	var out []string
	for _, r := range rows {
		if slices.Contains(names, r.Name) {
			out = append(out, r.Name)
		}
	}
	return out
}
