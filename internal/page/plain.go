package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/wxgen/wxgen/internal/known"
)

// The plain text of a page, as a browser copies it: cells are glued together
// ("openidstring用户标识"), marks are gone with their attributes, values stand on the line below.
// What the sample calls show is known; the rest is marked.

const (
	requestHead  = "请求参数类型描述"
	responseHead = "返回字典类型描述"
)

// A textLine is a line and where it stands.
type textLine struct {
	n    int
	text string
}

// squeeze takes all blanks out, also the invisible ones that a browser copies, and the bars of a
// table.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' || r == '|' {
			return -1
		}
		return r
	}, s)
}

// Marked reports whether a page is Markdown with its marks: it says everything itself.
func Marked(src []byte) bool { return marked(string(src)) }

// marked reports whether a page is Markdown with its marks: those of headings and rows.
func marked(text string) bool {
	return strings.Contains(text, "data-indent=") || strings.Contains(text, "data-required") ||
		strings.Contains(text, "{colspan") || headingMark.MatchString(text)
}

var headingMark = regexp.MustCompile(`(?m)^#.*\{\s*#(?:get|post|put|patch|delete|mix)\b[^}]*\}`)

// isPlain reports whether a page is the text of a community page: it has the head of a table,
// without bars or without marks.
func isPlain(text string) bool {
	at := strings.Index(text, "请求参数")
	for at >= 0 {
		start := strings.LastIndexByte(text[:at], '\n') + 1
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text) - at
		}
		if squeeze(text[start:at+end]) == requestHead {
			return true
		}
		next := strings.Index(text[at+end:], "请求参数")
		if next < 0 {
			return false
		}
		at += end + next
	}
	return false
}

// A plainDraft is an operation of a plain text before its rows are read.
type plainDraft struct {
	*draft
	asked, answered []textLine // lines of the two tables
	code            []textLine
}

func parsePlain(at place, text string, about *known.Description, faults *faultList) *Page {
	p := &Page{File: faults.file, PlainText: true}
	var drafts []*draft
	for _, d := range cutPlain(p, text, faults) {
		d.known, d.event = about, at.event
		d.readSamples()
		if at.path == "" && d.sample != nil {
			d.template = d.sample.path
		} else {
			d.template = at.path
		}
		d.readTables()
		drafts = append(drafts, d.draft)
	}
	settle(at, p, drafts, faults)
	says := p.Event == "" && sealWord.MatchString(text)
	for _, d := range drafts {
		s := &sealer{known: about, about: d.about()}
		s.copied(d.op, says)
		s.reply = false
		s.settle(d.op.Resource, nil, about.Event(p.Event))
		d.op.answerAll(d.about(), about.Event(p.Event))
	}
	return p
}

// cutPlain cuts a text into its operations, and those into tables and code.
func cutPlain(p *Page, text string, faults *faultList) []*plainDraft {
	var drafts []*plainDraft
	var into, before *[]textLine
	before = new([]textLine)
	into = before
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		line = strings.TrimSpace(strings.ReplaceAll(line, "\u200b", ""))
		switch head := squeeze(line); {
		case head == requestHead:
			d := &plainDraft{draft: &draft{page: p, faults: faults}}
			d.op = &Operation{Line: n, Title: plainTitle(*before)}
			drafts = append(drafts, d)
			d.draft.asked, into = true, &d.asked
			continue
		case head == responseHead && len(drafts) > 0:
			d := drafts[len(drafts)-1]
			d.draft.answered, into = true, &d.answered
			continue
		case strings.HasSuffix(head, "类型描述") && len(drafts) > 0:
			before = new([]textLine) // a table that tells nothing about the operation
			into = before
		case len(drafts) > 0:
			into = drafts[len(drafts)-1].turn(into, line)
			if into == nil {
				before = new([]textLine)
				into = before
			}
		}
		*into = append(*into, textLine{n, line})
	}
	return drafts
}

// turn finds where a table ends: the first at the code below it, the second at an empty line. nil
// is behind the operation.
func (d *plainDraft) turn(into *[]textLine, line string) *[]textLine {
	switch into {
	case &d.asked:
		if line == "php" || strings.Contains(line, "$instance") {
			return &d.code
		}
	case &d.answered:
		if strings.HasPrefix(line, "参阅") {
			d.op.Docs = plainLinks(line)
			return nil
		}
		if line == "" && len(d.answered) > 0 {
			return nil
		}
	}
	return into
}

func plainLinks(line string) (docs []string) {
	for word := range strings.FieldsSeq(line) {
		if strings.HasPrefix(word, "http") && !slices.Contains(docs, word) {
			docs = append(docs, word)
		}
	}
	return docs
}

// furniture is what a browser copies of the site around the page.
var furniture = []string{"Skip to content", "Menu", "Return to top", "On this page",
	"Main Navigation", "Appearance"}

// plainTitle finds the title in the lines above a table: the first that the page itself says.
func plainTitle(lines []textLine) string {
	for _, l := range lines {
		switch {
		case l.text == "", slices.Contains(furniture, l.text), strings.HasPrefix(l.text, "参阅"):
		default:
			return l.text
		}
	}
	return ""
}

// readSamples reads the code, which is one block per way of calling.
func (d *plainDraft) readSamples() {
	b := block{info: "php"}
	for _, l := range d.code {
		if l.text == "php" {
			d.takeBlock(b)
			b.text = nil
			continue
		}
		if b.text == nil {
			b.line = l.n
		}
		b.text = append(b.text, l.text)
	}
	d.takeBlock(b)
}

// readTables reads the rows, and finds out as far as possible how deep they stand.
func (d *plainDraft) readTables() {
	d.request = d.readPlainRows(d.asked)
	d.response = d.readPlainRows(d.answered)
	if isNotification([]*draft{d.draft}) {
		d.nestNotification()
	} else {
		d.nestRequest()
	}
	d.nestRows(d.response, 0, nil, d.about().Response)
	for _, rows := range [][]flat{d.request, d.response} {
		for _, f := range rows {
			f.Unknown = true
		}
	}
}

// readPlainRows reads the rows of a table. A line that is no row goes on describing the one above.
func (d *plainDraft) readPlainRows(lines []textLine) (rows []flat) {
	var text []string // the description of the last row
	finish := func() {
		if len(rows) > 0 {
			last := rows[len(rows)-1].Row
			last.Label, last.Enum = describe(markValues(text))
			if last.Name == "base_uri" {
				last.Label = strings.Join(text, " ")
			}
		}
	}
	for _, l := range lines {
		switch row, label := d.unglue(l); {
		case strings.HasPrefix(l.text, noContentMark):
			d.op.NoContent = true
		case strings.HasPrefix(l.text, fileMark):
			d.op.File = true
		case row != nil:
			finish()
			rows, text = append(rows, flat{Row: row}), []string{label}
		case l.text != "" && len(rows) > 0:
			text = append(text, l.text)
		case l.text != "":
			d.faults.add(l.n, "copy the table again: a row begins with the field's name and type",
				"%s is no row", shown(l.text))
		}
	}
	finish()
	return rows
}

// markValues puts the backticks back around values, so that the description reads as in Markdown.
func markValues(lines []string) string {
	marked := slices.Clone(lines)
	for i, line := range lines {
		head, _, isList := strings.Cut(line, oneOf)
		if values := strings.Split(head, "|"); isList && head != "" && areValues(values) {
			for j, v := range values {
				values[j] = "`" + strings.TrimSpace(v) + "`"
			}
			marked[i] = strings.Join(values, ` \| `) + " " + oneOf
			continue
		}
		end := strings.IndexAny(line, "：:")
		if i > 0 && end > 0 && areValues([]string{line[:end]}) {
			marked[i] = "`" + line[:end] + "`" + line[end:]
		}
	}
	return strings.Join(marked, "<br/>")
}

// areValues reports whether all may be values of an enumeration: plain words, without Chinese.
func areValues(list []string) bool {
	for _, v := range list {
		v = strings.TrimSpace(v)
		if v == "" || strings.ContainsFunc(v, func(r rune) bool { return r > '~' || r == '`' }) {
			return false
		}
	}
	return true
}

// A reading is one way of cutting a glued row.
type reading struct {
	row   *Row
	label string
}

// unglue cuts a line into name, type and label, or returns nil. Where a line can be cut in several
// ways, the names that the sample calls use decide.
func (d *plainDraft) unglue(l textLine) (*Row, string) {
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

// names reports whether the sample calls or the path use a field name.
func (d *plainDraft) names(name string) bool {
	return d.sample != nil && d.sample.args.find(name) != nil ||
		slices.Contains(templateParams(d.template), name)
}

// longestName is what may still be one: no line shall take long.
const longestName = 200

// readingsOf returns every way of cutting a line into name, type and label. A name neither begins
// nor ends with a mark.
func readingsOf(l textLine) []reading {
	if words := strings.Fields(l.text); len(words) > 1 && isName(words[0]) {
		row := &Row{Line: l.n, Name: words[0]}
		if row.setType(words[1]) { // the cells were not glued
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
