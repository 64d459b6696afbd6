package page

import (
	"regexp"
	"slices"
	"strings"
)

// A row of an official page is "name 必填 string(32)", with any blanks and line breaks between, and
// the text that follows it up to the next one. A browser puts the parts on separate lines, and a
// converter puts many rows into one cell of a table. So rows are found everywhere in the text.

const (
	wordRequired = `必填|必传|必须|必选|required`
	wordOptional = `选填|选传|可选|可填|非必填|非必传|条件必填|条件选填|条件必传|optional`
	typeWord     = `array|list|string|integer|int64|int32|uint64|uint32|int|long|number|double|float|boolean|bool|object|map|file|binary|message|byte`
	typePattern  = `(?:(?:array|list)\s*[\[<(（【]\s*([A-Za-z0-9_.]+)\s*[\]>)）】]|(` + typeWord +
		`|[A-Z][A-Za-z0-9_.]*)(\[\])?)`
	limitPattern = `(?:\s*[(（\[]\s*(\d{1,9})\s*(?:[,，~-]\s*(\d{1,9})\s*)?[)）\]])?`
	mustPattern  = `\s*[(（【\[]?\s*(` + wordOptional + `|` + wordRequired + `)\s*[)）】\]]?\s*`
)

var (
	rowStart = lazy(`(?i:([a-z_][a-z0-9_.\-]*)` + mustPattern + `)` + typePattern +
		limitPattern)
	rowTurned = lazy(`([A-Za-z_][A-Za-z0-9_.\-]*)\s+` + typePattern + limitPattern +
		`(?i:` + mustPattern + `)`)
	optional = lazy(`(?i)^(?:` + wordOptional + `)$`)
)

// A rowMatch is a row with its place in the text.
type rowMatch struct {
	name, must, typ, item string
	array                 bool
	least, most           int
	start, end            int // of the row without the text behind it
}

// findRows finds the rows of a text, in either order of their parts.
func findRows(text string) []rowMatch {
	all := matchRows(rowStart(), text, func(m []string) rowMatch {
		return rowMatch{name: m[1], must: m[2], item: m[3], typ: m[4], array: m[5] != "",
			least: number(m[6]), most: number(m[7])}
	})
	turned := matchRows(rowTurned(), text, func(m []string) rowMatch {
		return rowMatch{name: m[1], item: m[2], typ: m[3], array: m[4] != "", least: number(m[5]),
			most: number(m[6]), must: m[7]}
	})
	if len(turned) == 0 {
		return all
	}
	return apart(slices.SortedStableFunc(slices.Values(append(turned, all...)),
		func(a, b rowMatch) int { return a.start - b.start }))
}

// apart keeps the first of rows that overlap.
func apart(all []rowMatch) []rowMatch {
	var out []rowMatch
	for _, f := range all {
		if len(out) == 0 || f.start >= out[len(out)-1].end {
			out = append(out, f)
		}
	}
	return out
}

// matchRows finds the matches that begin with a whole name.
func matchRows(pattern *regexp.Regexp, text string, read func([]string) rowMatch) []rowMatch {
	var all []rowMatch
	for _, m := range pattern.FindAllStringSubmatchIndex(text, -1) {
		if start := m[2]; start > 0 && (strings.IndexByte("/.-_", text[start-1]) >= 0 &&
			!bullet(text, start) || isWordByte(text[start-1])) {
			continue
		}
		f := read(submatches(text, m))
		f.start, f.end = m[2], m[1]
		if f.most == 0 {
			f.least, f.most = 0, f.least
		}
		all = append(all, f)
	}
	return all
}

// bullet reports whether the dash of a list precedes a name.
func bullet(text string, start int) bool {
	return text[start-1] == '-' && (start == 1 || text[start-2] == '\n')
}

func submatches(text string, m []int) []string {
	out := make([]string, len(m)/2)
	for i := range out {
		if m[2*i] >= 0 {
			out[i] = text[m[2*i]:m[2*i+1]]
		}
	}
	return out
}

// row makes a row of a match. Its text is read later, since it may end with the mark of an object's
// fields.
func (f rowMatch) row(line int) *Row {
	r := &Row{Line: line, Name: f.name, Array: f.array, Required: f.must != "" &&
		!optional().MatchString(f.must)}
	r.Limits.MinLength, r.Limits.MaxLength = f.least, f.most
	typ := f.typ
	if f.item != "" {
		r.Array, typ = true, f.item
	} else if typ == "array" || typ == "list" {
		r.Array, typ = true, "object" // the type of its items is missing; the sample may show it
		r.Doubt = "what are its items?"
	}
	r.Type, r.fileLike = plainType(typ)
	return r
}

var (
	fieldsFollow = lazy(`(?:^|[\s|¦】。；;，,.)）])属性$`)
	bulletBelow  = lazy(`\n\s*[-•·●*>+]+\s*$`) // the bullet of the next row
	tableOpens   = lazy(`^\s*\|[\s|]*属性[\s|]*$`)
)

// readRows reads the rows of a part of an official page.
func readRows(lines []textLine, sent bool) []flat {
	text, starts := joined(lines)
	text = withoutSamples(text)
	tables := tablesOf(lines)
	all := findRows(text)
	all = all[:min(len(all), mostRows)]
	var rows []flat
	for i, f := range all {
		end := len(text)
		if i+1 < len(all) {
			end = all[i+1].start
		}
		line := lineOf(lines, starts, f.start)
		r := flat{Row: f.row(line), table: tables[lineIndex(starts, f.start)]}
		about := bulletBelow().ReplaceAllString(text[f.end:end], "")
		if r.Type == "object" {
			r.opens = fieldsFollow().MatchString(strings.TrimRight(withoutRules(about), " \t\n|¦"))
		}
		r.readText(withoutMarks(about, r.opens), sent)
		if i > 0 {
			r.after = rows[len(rows)-1].opens
		}
		if !repeated(rows, r) {
			rows = append(rows, r)
		}
	}
	return rows
}

// repeated reports whether a converter has written a row twice: first within a larger cell, then as
// a cell of its own.
func repeated(rows []flat, r flat) bool {
	for _, old := range rows {
		if r.table == insideTable && old.table == insideTable && old.Name == r.Name &&
			old.text == r.text && old.text != "" && old.Type == r.Type {
			return true
		}
	}
	return false
}

// tablesOf says for each line whether it is in a table with an object's fields. It says nothing for
// a page without such tables. A converter's table has a bar at the start of its lines. A crawler's
// table begins with its head, and its last line ends in a bar.
func tablesOf(lines []textLine) []nesting {
	all := make([]nesting, len(lines))
	any, open := false, false
	for i, l := range lines {
		begins := strings.HasPrefix(strings.TrimSpace(l.text), "|")
		if tableOpens().MatchString(l.text) {
			open, any = true, true
		}
		if open || begins {
			all[i] = insideTable
		} else {
			all[i] = outsideTables
		}
		if open && !tableOpens().MatchString(l.text) &&
			strings.HasSuffix(strings.TrimSpace(l.text), "|") {
			open = false
		}
	}
	if !any {
		clear(all)
	}
	return all
}
