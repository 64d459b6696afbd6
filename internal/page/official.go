package page

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/known"
	"github.com/wxgen/wxgen/internal/route"
)

// An official page of the newer form: "请求方式：【POST】/v3/…", rows of "name 必填 string(32)",
// samples, tables of error codes.

// A sheet is an official page on its way.
type sheet struct {
	place  place
	known  *known.Description
	faults *faultList
	lines  []textLine
	parts  map[part][]textLine
	head   string
	op     *Operation
}

// isOfficial reports whether a text has rows of that form.
func isOfficial(text string) bool {
	return rowStart.MatchString(text) || rowTurned.MatchString(text)
}

func parseOfficial(at place, lines []textLine, about *known.Description,
	faults *faultList) []*Page {
	s := &sheet{place: at, known: about, faults: faults, lines: lines, parts: partsOf(lines)}
	s.head, _ = joined(s.parts[headPart])
	s.op = &Operation{Line: 1, Title: titleOf(s.parts[headPart])}
	if m := methodWord.FindStringSubmatch(s.head); m != nil {
		s.op.Method = strings.ToUpper(m[1])
	}
	if all := readRows(lines, false); isNotice(all) {
		return s.notice(all)
	}
	addresses := s.addresses()
	if len(addresses) == 0 {
		s.faults.add(0, "copy the page again, with the line 请求方式：【POST】/v3/…, or put the file "+
			"below openapi/, at its path: openapi/v3/….md",
			"is read as an official document, and has no path")
		return nil
	}
	if s.op.Method == "" {
		s.op.Method = s.sampleMethod()
	}
	if s.op.Method == "" {
		s.faults.add(0, "copy the page again, with the line 请求方式：【POST】/v3/…",
			"is read as an official document, and has no method")
		return nil
	}
	s.op.overview(s.head)
	s.op.Errors = s.errorCodes()
	return s.pages(addresses)
}

// pages makes a page for each path.
func (s *sheet) pages(addresses []address) []*Page {
	var pages []*Page
	for _, a := range addresses {
		op := *s.op
		op.Server = a.server
		p := &Page{File: s.faults.file, Path: a.path, Operations: []*Operation{&op}}
		s.read(&op, a.path)
		pages = append(pages, p)
	}
	return pages
}

// addresses finds the page's path: in its head, in its Java sample, or in its name.
func (s *sheet) addresses() []address {
	found := addressesIn(s.head)
	// the head may name other operations' paths, too: the one behind the method is its own
	if len(found) > 1 {
		if m := methodWord.FindStringIndex(s.head); m != nil {
			line, _, _ := strings.Cut(s.head[m[0]:], "\n")
			if own := addressesIn(line); len(own) > 0 {
				own[0].server = found[0].server
				found = own[:1]
			}
		}
	}
	if len(found) > 0 {
		return found
	}
	if s.place.path != "" {
		return []address{{path: s.place.path}}
	}
	sample, _ := joined(s.parts[samplePart])
	if m := codePath.FindStringSubmatch(sample); m != nil && route.Service(tidyPath(m[1])) != "" {
		return []address{{path: tidyPath(m[1])}}
	}
	return nil
}

var curlMethod = regexp.MustCompile(`curl\s+(?:-X|--request)\s+(GET|POST|PUT|PATCH|DELETE)\b`)

func (s *sheet) sampleMethod() string {
	sample, _ := joined(s.parts[samplePart])
	if m := curlMethod.FindStringSubmatch(sample); m != nil {
		return m[1]
	}
	if methods := callsOf(s.known, s.place.path); len(methods) == 1 {
		return methods[0]
	}
	return ""
}

// callsOf returns the methods of a path that the description knows.
func callsOf(d *known.Description, path string) (methods []string) {
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		if path != "" && d.Operation(method, path) != nil {
			methods = append(methods, method)
		}
	}
	return methods
}

// furniture of a page's head that is no title.
var noTitle = regexp.MustCompile(
	`^(?:路径：|更新时间|最新更新时间|基础支付|Login expired|Feedback|Submitted|ok$|0/\d+|Skip to content|Network exception)|^[\d\s/.\-]*$`)

// titleOf is the line above the date, or the first one.
func titleOf(lines []textLine) string {
	first, last := "", ""
	for _, l := range lines {
		text := strings.Trim(l.text, " #|")
		if m := updateTime.FindStringIndex(text); m != nil {
			before := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text[:m[0]]), "最新"))
			if before != "" && !strings.EqualFold(before, "latest") {
				return before
			}
			return last // whatever the site has above the title
		}
		if text != "" && !noTitle.MatchString(text) {
			first, last = cmp.Or(first, text), text
		}
	}
	return first
}

// read reads the groups of a request and the response.
func (s *sheet) read(op *Operation, path string) {
	about := s.known.Operation(op.Method, path)
	if about == nil {
		about = &known.Operation{}
	}
	sample := s.sample(path)
	s.request(op, path, about, sample)
	s.response(op, about)
	seal := &sealer{known: s.known, about: about, file: s.faults.file}
	seal.official(op)
	op.Example = exampleOfSample(op, sample)
	op.Choices = append(choicesOf(op.JSON, nil), choicesOf(op.Query, nil)...)
}

// placed makes a tree of rows.
func (s *sheet) placed(rows []flat, sample *value, shape *known.Object, form bool) []*Row {
	p := &placer{known: s.known, rows: rows, form: form}
	if form {
		p.folded = allUnfolded // the parts are the file and its description, which has fields
	}
	p.place(sample, shape)
	return merge(nest(rows, 0, form, s.faults), s.faults)
}

// request reads header, path, query and body. Rows without a heading go where their names or the
// method say.
func (s *sheet) request(op *Operation, path string, about *known.Operation, sample *callSample) {
	groups := map[part][]flat{}
	for _, group := range []part{headerPart, pathPart, queryPart, bodyPart} {
		groups[group] = readRows(s.parts[group], true)
	}
	for _, f := range readRows(s.parts[requestPart], true) {
		group := groupOf(f.Name, op.Method, path)
		groups[group] = append(groups[group], f)
	}
	for _, f := range groups[headerPart] {
		if strings.EqualFold(f.Name, "Content-Type") &&
			strings.Contains(strings.ToLower(f.text), "multipart") {
			op.Form = []*Row{}
		}
		if !httpOwn(f.Name) {
			f.Name = canonical(f.Name)
			op.Headers = append(op.Headers, f.Row)
		}
	}
	d := &draft{page: &Page{Path: path}, op: op, faults: s.faults}
	op.Query = s.placed(groups[queryPart], sample.query, &known.Object{Fields: about.Params}, false)
	rows := s.placed(groups[pathPart], nil, nil, false)
	d.bindPath(rows)
	body := s.placed(groups[bodyPart], sample.body, about.Body, op.Form != nil)
	switch {
	case op.Form != nil:
		op.Form = body
	case len(groups[bodyPart]) > 0, sample.body != nil && op.Method != "GET":
		op.JSON, op.HasJSON = body, true
		compare(op, &op.JSON, sample.body, about.Body)
	}
}

// groupOf guesses where a parameter travels that stands below no heading.
func groupOf(name, method, path string) part {
	switch {
	case slices.Contains(templateParams(path), name):
		return pathPart
	case httpOwn(name) || strings.HasPrefix(strings.ToLower(name), "wechatpay-") ||
		strings.EqualFold(name, "Idempotency-Key"):
		return headerPart
	case method == "GET" || method == "DELETE":
		return queryPart
	}
	return bodyPart
}

// httpOwn reports whether a header is the runtime's business.
func httpOwn(name string) bool {
	return slices.ContainsFunc([]string{"Authorization", "Accept", "Content-Type", "User-Agent",
		"Content-Length", "Host", "Accept-Language"},
		func(h string) bool { return strings.EqualFold(h, name) })
}

const serialHeader = "Wechatpay-Serial"

func canonical(header string) string {
	if strings.EqualFold(header, serialHeader) {
		return serialHeader
	}
	return header
}

var (
	fileReply = regexp.MustCompile(`(?i)文件流|二进制流|数据流|字节流|file\s+stream|binary`)
	noReply   = regexp.MustCompile(
		`(?i)\b204\b|无(?:应答|返回|响应)?(?:包体|内容|参数|数据|报文)|没有(?:应答|返回)|no\s+content|空字符串`)
)

// response reads what comes back.
func (s *sheet) response(op *Operation, about *known.Operation) {
	lines := s.parts[responsePart]
	rows := readRows(lines, false)
	text, _ := joined(lines)
	reply, _ := joined(s.parts[replyPart])
	shown := firstObject(reply)
	if shown == nil {
		shown = firstObject(text)
	}
	switch {
	case len(rows) > 0:
		op.Response = s.placed(rows, shown, about.Response, false)
		compare(op, &op.Response, shown, about.Response)
	case noReply.MatchString(text) || noReply.MatchString(reply) && shown == nil:
		op.NoContent = true
	case fileReply.MatchString(text):
		op.File = true
	case shown != nil:
		compare(op, &op.Response, shown, about.Response)
	case len(lines) == 0:
		s.faults.add(0, "copy the page to its end, with 应答参数",
			"is read as an official document, and does not tell what comes back")
	default:
		op.NoContent = true
	}
}
