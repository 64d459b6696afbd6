package page

import (
	"strings"

	"github.com/wxgen/wxgen/internal/known"
)

// The newer form of official pages: "请求方式：【POST】/v3/…", rows of "name 必填 string(32)", samples,
// tables of error codes.

// isOfficial reports whether a text has rows of that form.
func isOfficial(text string) bool {
	return rowStart().MatchString(text) || rowTurned().MatchString(text)
}

func parseOfficial(at pageName, lines []textLine, about *known.Description,
	faults *faultList) []*Page {
	s := &sheet{name: at, known: about, faults: faults, lines: lines, parts: partsOf(lines)}
	s.head, _ = joined(s.parts[headPart])
	s.op = &Operation{Line: 1, Title: titleOf(s.parts[headPart])}
	if m := methodWord().FindStringSubmatch(s.head); m != nil {
		s.op.Method = strings.ToUpper(m[1])
	}
	if all := readRows(lines, false); hasEnvelope(all) {
		return s.notification(all)
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

// request reads header, path, query and body. Rows without a heading go to the group of their name
// or of the method.
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

// response reads the reply.
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
	case noReply().MatchString(text) || noReply().MatchString(reply) && shown == nil:
		op.NoContent = true
	case fileReply().MatchString(text):
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
