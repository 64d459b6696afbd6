package page

import (
	"slices"
	"strings"
)

// A row of the older form is "name, variable, type[min,max], required, description", in cells with
// tabs, bars, blanks or line breaks between. A variable next to its type marks a row.

var (
	cellRow = lazy(
		`([A-Za-z_][A-Za-z0-9_.\-]*)([ \t|\n]+)((?i:string|integer|int64|int32|int|uint32|uint64|long|number|double|float|boolean|bool|object|array|list|datetime|date))` +
			`(?:\s*[\[(（]\s*(\d{1,9})\s*(?:[,，~-]\s*(\d{1,9})\s*)?[\])）]|\s*(\[\s*\]|[<\[]\s*[A-Za-z_]+\s*[>\]]))?`)
	cellMust = lazy(
		`^[ \t|\n]*((?i:yes|no|y|n|true|false|required|optional|conditional|(?:please\s+)?choose\s+(?:any\s+)?one(?:\s+of\s+\w+)?(?:\s+to\s+submit)?)|是|否|必填|选填|条件必填|条件选填|[二三四五多][选择]一)(?:[ \t|\n]|$)`)
	cellHead = lazy(
		`(?im)^[ \t|]*(?:name|参数名称?|名称|字段名)[ \t|]+(?:variable(?:\s+name)?|变量名?|字段)[ \t|]+.*$|^[ \t|]*(?:name|参数名称?|名称|字段名)\s*\n\s*(?:variable(?:\s+name)?|变量名?|字段)\s*\n(?:[^\n]*\n){1,6}?\s*(?:description|描述)\s*$`)
	cellGroup = lazy(
		`^(?i:(body|query|path|header)s?)(?:[ \t|\n:：]+|([^A-Za-z0-9_]))`)
	cellIndent = lazy(`^[\s|]*((?:[-–—+>»└├─│]\s*)+)`)
	choosesOne = lazy(`(?i)choose|[二三四五多][选择]一`)
)

// An olderRow is a row of the older form.
type olderRow struct {
	flat
	group  string // body, query, path, header; "" if the row names none
	must   string // in the page's spelling
	chosen int    // the number of its choice; 0 without one
}

// isOlder reports whether a text has a table of that form.
func isOlder(text string) bool {
	if !cellHead().MatchString(text) {
		return false
	}
	return len(findCells(text)) > 0
}

// A cellMatch holds the places of a row's parts.
type cellMatch struct {
	m          []int
	must       string
	start, end int // start of the label; end of the text before the description
	label      string
}

// findCells finds the rows of a text.
func findCells(text string) []cellMatch {
	var all []cellMatch
	for at := 0; at < len(text); {
		m := cellRow().FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += at
			}
		}
		c := cellMatch{m: m, end: m[1]}
		if must := cellMust().FindStringSubmatchIndex(text[m[1]:]); must != nil {
			c.must = text[m[1]+must[2] : m[1]+must[3]]
			c.end = m[1] + must[3]
		}
		if !c.plausible(text) {
			at = m[3]
			continue
		}
		c.findLabel(text)
		all = append(all, c)
		at = c.end
	}
	return all
}

// plausible reports whether variable and type are cells and not words of a sentence.
func (c *cellMatch) plausible(text string) bool {
	if c.m[0] > 0 && (isWordByte(text[c.m[0]-1]) || strings.IndexByte("./", text[c.m[0]-1]) >= 0) {
		return false
	}
	if c.m[1] < len(text) && isWordByte(text[c.m[1]]) {
		return false
	}
	between := text[c.m[4]:c.m[5]]
	cell := strings.ContainsAny(between, "\t|\n")
	return c.m[8] >= 0 || c.must != "" || cell &&
		(c.m[1] == len(text) || strings.IndexByte("\t|\n ", text[c.m[1]]) >= 0)
}

// findLabel finds the label before the variable: on its line, or on the line above if each cell has
// a line of its own.
func (c *cellMatch) findLabel(text string) {
	start := strings.LastIndexByte(text[:c.m[0]], '\n') + 1
	label := text[start:c.m[0]]
	if strings.Trim(label, " \t|") == "" && strings.Contains(text[c.m[4]:c.m[5]], "\n") {
		before := strings.TrimRight(text[:start], " \t|\n")
		start = strings.LastIndexByte(before, '\n') + 1
		label = before[start:]
	}
	c.start, c.label = start, label
}

// readCells reads the rows of a part.
func readCells(lines []textLine, sent bool) []olderRow {
	text, starts := joined(lines)
	text = withoutSamples(text)
	all := findCells(text)
	all = all[:min(len(all), mostRows)]
	var rows []olderRow
	choice := 0
	for i, c := range all {
		end := len(text)
		if i+1 < len(all) {
			end = max(all[i+1].start, c.end)
		}
		about := text[c.end:end]
		r := c.row(text, lineOf(lines, starts, c.m[0]))
		if head := cellHead().FindStringIndex(about); head != nil {
			about = about[:head[0]]
			r.opens = r.Type == "object"
		}
		r.readAbout(about, sent)
		switch {
		case choosesOne().MatchString(c.must):
			if i == 0 || rows[i-1].chosen == 0 || !choosesOne().MatchString(rows[i-1].must) {
				choice++
			}
			r.chosen = choice
		case c.must == "" && i > 0 && rows[i-1].chosen > 0:
			// it shares a cell with the row above
			r.chosen, r.Unknown = rows[i-1].chosen, false
		}
		if i > 0 {
			r.after = rows[i-1].opens
		}
		rows = append(rows, r)
	}
	return rows
}

// row reads the cells before the description.
func (c *cellMatch) row(text string, line int) olderRow {
	part := func(i int) string {
		if c.m[2*i] < 0 {
			return ""
		}
		return text[c.m[2*i]:c.m[2*i+1]]
	}
	r := olderRow{flat: flat{Row: &Row{Line: line, Name: part(1)}}, must: c.must}
	typ := strings.ToLower(part(3))
	r.Array = typ == "array" || typ == "list" || part(6) != ""
	if r.Type, _ = plainType(typ); typ == "array" || typ == "list" {
		r.Type = "object"
		if inner := strings.Trim(part(6), "[]<> "); inner != "" {
			r.Type, _ = plainType(inner)
		}
	}
	r.Limits.MinLength, r.Limits.MaxLength = number(part(4)), number(part(5))
	if r.Limits.MaxLength == 0 {
		r.Limits.MinLength, r.Limits.MaxLength = 0, r.Limits.MinLength
	}
	r.Required = slices.Contains([]string{"yes", "y", "true", "required", "是", "必填"},
		strings.ToLower(c.must))
	r.Unknown = c.must == ""
	label := c.label
	if m := cellIndent().FindStringSubmatch(label); m != nil {
		r.indent = strings.Count(strings.Map(oneDash, m[1]), "-")
		label = label[len(m[0]):]
	}
	for cell := range strings.FieldsFuncSeq(label, func(r rune) bool {
		return r == '\t' || r == '|'
	}) {
		if cell = strings.TrimSpace(cell); cell != "" {
			r.Label = cell
		}
	}
	return r
}

// oneDash turns all signs for a level into a dash.
func oneDash(r rune) rune {
	if strings.ContainsRune("-–—+>»└├", r) {
		return '-'
	}
	return -1
}

// readAbout reads the description: the location of the field, and further facts.
func (r *olderRow) readAbout(about string, sent bool) {
	about = withoutMarks(about, false)
	if m := cellGroup().FindStringSubmatchIndex(about); m != nil {
		r.group = strings.ToLower(about[m[2]:m[3]])
		cut := m[1]
		if m[4] >= 0 {
			cut = m[4]
		}
		about = strings.TrimSpace(about[cut:])
	}
	label := r.Label
	least := r.Limits.MinLength
	r.readText(about, sent)
	if label != "" {
		r.Label = label
		if r.Type == "integer" && inFen().MatchString(about) && !strings.Contains(label, "分") {
			r.Label += "（分）"
		}
	}
	if r.Limits.MaxLength > 0 && r.Limits.MinLength == 0 {
		r.Limits.MinLength = least
	}
}
