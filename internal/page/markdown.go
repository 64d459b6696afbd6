package page

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/known"
)

// A draft is an operation on its way from the lines of its page.
type draft struct {
	page     *Page
	op       *Operation
	faults   *faultList
	request  []flat
	response []flat
	asked    bool // there was a request table
	answered bool
	divided  bool   // the line before was a divider
	template string // plain text: the path, as far as it is known while rows are read
	event    string // plain text: likewise
	known    *known.Description
	example  block
	sample   *sample
}

// A block is the text between fences.
type block struct {
	line int // of its first line
	info string
	text []string
}

// A table is one that is read; the page may have others.
type table int

const (
	noTable table = iota
	requestTable
	responseTable
	otherTable
)

// A scanner reads a Markdown page line by line.
type scanner struct {
	place   place
	page    *Page
	faults  *faultList
	title   string // of the front matter
	heading string // the last one without a method
	drafts  []*draft
	table   table
	fence   string // what ends the block; "" outside
	block   block
	docs    bool // in the list of documents
}

func parseMarkdown(at place, text string, faults *faultList) *Page {
	s := &scanner{place: at, page: &Page{File: faults.file, Whole: true}, faults: faults}
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

// readHeading opens an operation at "# 标题 {#post}". Other headings only lend their text to an
// operation without one.
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

func isMethod(s string) bool {
	return slices.Contains([]string{"GET", "POST", "PUT", "PATCH", "DELETE"}, s)
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
			s.start(n, "", s.heading) // the sample call tells the method
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

// takeBlock keeps an example, and the sample calls as far as they tell something new.
func (d *draft) takeBlock(b block) {
	switch {
	case strings.HasPrefix(b.info, "json") && strings.Contains(b.info, "#example") &&
		d.example.line == 0:
		d.example = b
	case strings.HasPrefix(b.info, "php") && (d.sample == nil || !d.sample.exact):
		d.sample = d.sample.or(parseSample(b))
	}
}

// finish makes the page of what was read.
func (s *scanner) finish() *Page {
	if !slices.ContainsFunc(s.drafts, func(d *draft) bool { return d.asked || d.answered }) {
		s.faults.add(0, "leave the file out, or give the page its tables, 请求参数 and 返回字典",
			"is read as Markdown, and has no tables")
		return s.page
	}
	settle(s.place, s.page, s.drafts, s.faults)
	return s.page
}

// settle finds out what the page is about, and finishes its operations.
func settle(at place, p *Page, drafts []*draft, faults *faultList) {
	switch {
	case at.other != "":
		faults.add(0, "leave the file out: wxgen describes APIv3", "is a page of %s", at.other)
		return
	case at.event != "" || isNotification(drafts) && at.path == "":
		p.Event = at.event
		settleEvent(p, drafts, faults)
		return
	}
	p.Path = at.path
	for _, d := range drafts {
		d.settlePath()
	}
	if p.Path == "" {
		faults.add(0, "put the file below openapi/, at its path: openapi/v3/….md",
			"neither the name of the page nor a sample call tells its path")
		return
	}
	for _, d := range drafts {
		d.settle()
		p.Operations = append(p.Operations, d.op)
	}
	checkMethods(p, faults)
}

func checkMethods(p *Page, faults *faultList) {
	seen := map[string]int{}
	for _, op := range p.Operations {
		if line := seen[op.Method]; line > 0 {
			faults.add(op.Line, "take one out", "%s %s is already in line %d", op.Method, p.Path,
				line)
			continue
		}
		seen[op.Method] = op.Line
	}
}

// settlePath compares path and method with the sample call, which stands in for what the page does
// not say.
func (d *draft) settlePath() {
	call := d.sample
	if call == nil {
		return
	}
	switch {
	case call.path == "":
	case d.page.Path == "":
		d.page.Path = call.path
	case !call.fits(d.page.Path):
		d.faults.add(call.line, "put the page where it belongs, or mend the sample",
			"the sample calls %s, but the page is that of %s", call.path, d.page.Path)
	}
	switch {
	case call.method == "":
	case d.op.Method == "":
		d.op.Method = call.method
	case d.op.Method != call.method:
		d.faults.add(call.line, "mend the heading or the sample",
			"the sample sends %s, but the heading says %s", call.method, d.op.Method)
	}
}

// settle finishes an operation.
func (d *draft) settle() {
	op := d.op
	if op.Method == "" {
		d.faults.add(op.Line, "write the heading as # title {#post}",
			"neither a heading nor a sample call tells the method")
		return
	}
	if !d.answered {
		d.faults.add(op.Line, "add the table 返回字典", "%s has no table of the response", op.Method)
	}
	d.readExample()
	op.Response = merge(nest(d.response, 0, false, d.faults), d.faults)
	d.groups()
	d.formats()
}

// isNotification reports whether the rows are those of a notification's envelope.
func isNotification(drafts []*draft) bool {
	return len(drafts) == 1 && slices.ContainsFunc(drafts[0].request, func(f flat) bool {
		return f.Name == "event_type"
	}) &&
		slices.ContainsFunc(drafts[0].request, func(f flat) bool { return f.Name == "ciphertext" })
}

// settleEvent finishes a notification.
func settleEvent(p *Page, drafts []*draft, faults *faultList) {
	if len(drafts) != 1 {
		faults.add(drafts[1].op.Line, "write a page per notification",
			"a second notification on the page")
		return
	}
	d := drafts[0]
	d.op.Method = "POST"
	p.Operations = []*Operation{d.op}
	if i := slices.IndexFunc(d.request, func(f flat) bool {
		return f.Name == "event_type"
	}); i >= 0 {
		d.settleEventType(d.request[i].Row)
	}
	if p.Event == "" {
		faults.add(d.op.Line, "put the file below webhook/v3/, as EVENT.TYPE.md",
			"neither the name of the page nor its event_type tells the event")
		return
	}
	d.resource()
}

// settleEventType compares the event with the one that the table names.
func (d *draft) settleEventType(r *Row) {
	switch {
	case len(r.Enum) == 0:
	case d.page.Event == "":
		d.page.Event = r.Enum[0].Value
	case findValue(r.Enum, d.page.Event) == nil:
		d.faults.add(r.Line, "name the file after the event, or mend the row",
			"event_type is %s, but the page is that of %s", r.Enum[0].Value, d.page.Event)
	}
}
