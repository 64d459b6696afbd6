package page

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/known"
)

// This file reads the plain text of a community page, as a browser copies it: without separators
// between cells ("openidstring用户标识"), without marks and their attributes, and with values on the
// line below. Facts come from the sample calls. Facts that these lack become questions.

// A plainDraft is an operation of a plain text before its rows are read.
type plainDraft struct {
	*draft
	asked, answered []textLine // lines of the two tables
	code            []textLine
}

func parsePlain(at pageName, text string, about *known.Description, faults *faultList) *Page {
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
	assemble(at, p, drafts, faults)
	says := p.Event == "" && sealWord().MatchString(text)
	for _, d := range drafts {
		s := &sealer{known: about, about: d.about()}
		s.copied(d.op, says)
		s.reply = false
		s.decideAll(d.op.Resource, nil, about.Event(p.Event))
		d.op.fillRequired(d.about(), about.Event(p.Event))
	}
	return p
}

// cutPlain splits a text into operations, and those into tables and code.
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
			before = new([]textLine) // a table without facts about the operation
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

// turn finds the end of a table: of the first at the code below it, of the second at an empty line.
// Nil means that the operation has ended.
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

// furniture is text of the site around the page, which a browser copies, too.
var furniture = []string{"Skip to content", "Menu", "Return to top", "On this page",
	"Main Navigation", "Appearance"}

// plainTitle finds the title in the lines above a table: the first line that is not furniture.
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

// readSamples reads the code, which has one block for each style of call.
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

// readTables reads the rows, and finds their depths as far as possible.
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

// readPlainRows reads the rows of a table. A line that is no row continues the description above.
func (d *draft) readPlainRows(lines []textLine) (rows []flat) {
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

// markValues puts backticks around values again, so that the description reads like Markdown.
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

// areValues reports whether all texts may be values of an enumeration: plain words without Chinese.
func areValues(list []string) bool {
	for _, v := range list {
		v = strings.TrimSpace(v)
		if v == "" || strings.ContainsFunc(v, func(r rune) bool { return r > '~' || r == '`' }) {
			return false
		}
	}
	return true
}
