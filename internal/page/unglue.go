package page

import (
	"slices"
	"strings"
)

// A browser glues the cells of a row together ("openidstring用户标识"), so that a row may be cut in
// several ways.

// A reading is one way of cutting a glued row.
type reading struct {
	row   *Row
	label string
}

// unglue splits a line into name, type and label, or returns nil. Among several readings it prefers
// one whose name is in the sample calls.
func (d *draft) unglue(l textLine) (*Row, string) {
	readings := readingsOf(l)
	if len(readings) < 2 {
		return first(readings)
	}
	known := slices.DeleteFunc(slices.Clone(readings), func(r reading) bool {
		return !d.names(r.row.Name)
	})
	if len(known) == 1 {
		return first(known)
	}
	clean := slices.DeleteFunc(slices.Clone(readings), func(r reading) bool {
		return isNameStart(r.label)
	})
	if len(known) == 0 && len(clean) == 1 {
		return first(clean)
	}
	if len(known) == 0 {
		known = readings
	}
	row, label := first(known[len(known)-1:])
	row.Doubt = "where does the name end and the type begin?"
	return row, label
}

func first(readings []reading) (*Row, string) {
	if len(readings) == 0 {
		return nil, ""
	}
	return readings[0].row, readings[0].label
}

// names reports whether the sample calls or the path have a field's name.
func (d *draft) names(name string) bool {
	return d.sample != nil && d.sample.args.find(name) != nil ||
		slices.Contains(templateParams(d.template), name)
}

// longestName bounds the length of names, so that no line takes long.
const longestName = 200

// readingsOf returns all ways to split a line into name, type and label. A name has no punctuation
// at its start or end.
func readingsOf(l textLine) []reading {
	if words := strings.Fields(l.text); len(words) > 1 && isName(words[0]) {
		row := &Row{Line: l.n, Name: words[0]}
		if row.setType(words[1]) { // the cells are not glued
			_, label, _ := strings.Cut(l.text, words[1])
			if len(words[0]) >= strings.Index(l.text, words[1]) {
				_, label, _ = strings.Cut(l.text[len(words[0]):], words[1])
			}
			return []reading{{row, strings.TrimSpace(label)}}
		}
	}
	end := 0
	for end < min(len(l.text), longestName) && isNameByte(l.text[end]) {
		end++
	}
	var all []reading
	for i := 1; i < end; i++ {
		if c := l.text[i-1]; c == '_' || c == '-' || c == '.' {
			continue
		}
		for _, t := range types {
			rest, ok := strings.CutPrefix(l.text[i:], t)
			if !ok || rest != "" && (rest[0] == '_' || rest[0] == '-' || rest[0] == '.') {
				continue
			}
			label, array := strings.CutPrefix(rest, "[]")
			all = append(all, reading{&Row{Line: l.n, Name: l.text[:i], Type: t, Array: array},
				strings.TrimSpace(label)})
		}
	}
	return all
}

func isNameStart(s string) bool { return s != "" && s[0] >= 'a' && s[0] <= 'z' }
