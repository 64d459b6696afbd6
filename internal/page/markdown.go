package page

import (
	"slices"
	"strings"
)

// A table is a table with facts; the page may have others.
type table int

const (
	noTable table = iota
	requestTable
	responseTable
	otherTable
)

// A scanner reads a Markdown page line by line.
type scanner struct {
	name    pageName
	page    *Page
	faults  *faultList
	title   string // of the front matter
	heading string // the last operation without a method
	drafts  []*draft
	table   table
	fence   string // the end mark of the block; "" outside
	block   block
	docs    bool // in the list of documents
}

func parseMarkdown(at pageName, text string, faults *faultList) *Page {
	s := &scanner{name: at, page: &Page{File: faults.file, Whole: true}, faults: faults}
	front, comment := false, false
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		line = strings.TrimRight(line, "\r \t")
		switch {
		case n == 1 && line == "---":
			front = true
		case front:
			front = line != "---"
			s.readFront(line)
		case s.fence != "":
			s.readBlock(line)
		case comment || strings.HasPrefix(line, "<!--"):
			comment = !strings.Contains(line, "-->")
		default:
			s.read(n, line)
		}
	}
	return s.finish()
}

func (s *scanner) readFront(line string) {
	if title, ok := strings.CutPrefix(line, "title:"); ok {
		s.title = strings.Trim(strings.TrimSpace(title), `"'`)
	}
}

func (s *scanner) read(n int, line string) {
	if strings.HasPrefix(line, "|") {
		s.readTable(n, line)
		return
	}
	s.table = noTable
	trimmed := strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(trimmed, "```"), strings.HasPrefix(trimmed, "~~~"):
		s.fence, s.block = trimmed[:3], block{line: n + 1, info: strings.TrimLeft(trimmed, "`~")}
	case strings.HasPrefix(line, "#"):
		s.readHeading(n, line)
	case trimmed == "":
	case strings.HasPrefix(trimmed, "参阅"), s.docs && strings.HasPrefix(trimmed, "-"):
		s.readDocs(trimmed)
	default:
		s.docs = false
	}
}

// readHeading opens an operation at "# 标题 {#post}". Other headings give their text to an operation
// without one.
func (s *scanner) readHeading(n int, line string) {
	s.docs = false
	text, attributes := cutAttributes(strings.TrimLeft(line, "#"))
	if strings.Contains(line, "{{") { // {{ $frontmatter.title }}
		_, rest, _ := strings.Cut(line, "}}")
		_, attributes = cutAttributes(rest)
		text = s.title
	}
	text = strings.Trim(text, " #\u200b")
	for word := range strings.FieldsSeq(attributes) {
		if method := strings.ToUpper(strings.TrimPrefix(word, "#")); isMethod(method) &&
			word[0] == '#' {
			s.start(n, method, text)
			return
		}
	}
	s.heading = text
}

func (s *scanner) start(n int, method, title string) {
	op := &Operation{Line: n, Method: method, Title: title}
	s.drafts = append(s.drafts, &draft{page: s.page, op: op, faults: s.faults})
}

// draft returns the operation that the line belongs to, or nil.
func (s *scanner) draft() *draft {
	if len(s.drafts) == 0 {
		return nil
	}
	return s.drafts[len(s.drafts)-1]
}

func (s *scanner) readTable(n int, line string) {
	s.docs = false
	if s.table == noTable {
		s.openTable(n, line)
		return
	}
	if s.table == otherTable || isRule(line) {
		return
	}
	s.draft().readRow(n, line, s.table == responseTable)
}

func (s *scanner) openTable(n int, line string) {
	head, _ := cutAttributes(splitCells(line)[0])
	s.table = otherTable
	switch {
	case head == "请求参数":
		if s.draft() == nil {
			s.start(n, "", s.heading) // the sample call has the method
		}
		if s.draft().asked {
			s.faults.add(n, "give each operation its own heading, as # title {#post}",
				"a second table of request parameters")
		}
		s.draft().asked, s.table = true, requestTable
	case head == "返回字典" && s.draft() != nil:
		if s.draft().answered {
			s.faults.add(n, "give each operation its own heading, as # title {#post}",
				"a second table of response fields")
		}
		s.draft().answered, s.table = true, responseTable
	}
	if d := s.draft(); d != nil {
		d.divided = false
	}
}

func (s *scanner) readDocs(line string) {
	s.docs = true
	if d := s.draft(); d != nil {
		d.op.Docs = appendLinks(d.op.Docs, line)
	}
}

// appendLinks adds the addresses of Markdown links.
func appendLinks(docs []string, line string) []string {
	for {
		_, rest, ok := strings.Cut(line, "](")
		if !ok {
			return docs
		}
		link, tail, _ := strings.Cut(rest, ")")
		link, _, _ = strings.Cut(strings.TrimSpace(link), " ")
		if strings.HasPrefix(link, "http") && !slices.Contains(docs, link) {
			docs = append(docs, link)
		}
		line = tail
	}
}

func (s *scanner) readBlock(line string) {
	if strings.HasPrefix(strings.TrimSpace(line), s.fence) {
		s.fence = ""
		if d := s.draft(); d != nil {
			d.takeBlock(s.block)
		}
		return
	}
	s.block.text = append(s.block.text, line)
}

// finish makes the page.
func (s *scanner) finish() *Page {
	if !slices.ContainsFunc(s.drafts, func(d *draft) bool { return d.asked || d.answered }) {
		s.faults.add(0, "leave the file out, or give the page its tables, 请求参数 and 返回字典",
			"is read as Markdown, and has no tables")
		return s.page
	}
	assemble(s.name, s.page, s.drafts, s.faults)
	return s.page
}
