package page

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/known"
)

// The older form of official pages: "Request URL: https://…", tables of name, variable, type,
// required and description.

func parseOlder(at pageName, lines []textLine, about *known.Description,
	faults *faultList) []*Page {
	s := &sheet{name: at, known: about, faults: faults, lines: lines,
		parts: tableParts(partsOf(lines))}
	s.head, _ = joined(s.parts[headPart])
	s.op = &Operation{Line: 1, Title: titleOf(s.parts[headPart])}
	if m := methodWord().FindStringSubmatch(s.head); m != nil {
		s.op.Method = strings.ToUpper(m[1])
	}
	whole, _ := joined(lines)
	if all := flats(readCells(lines, false)); hasEnvelope(all) {
		return s.notification(all)
	}
	addresses := s.addresses()
	switch {
	case len(addresses) == 0:
		s.faults.add(0, "copy the page again, with the line Request URL: https://…, or put the "+
			"file below openapi/, at its path: openapi/v3/….md",
			"is read as a document of the older form, and has no path")
		return nil
	case s.op.Method == "":
		s.faults.add(0, "copy the page again, with the line Request method: POST",
			"is read as a document of the older form, and has no method")
		return nil
	}
	s.op.overview(s.head)
	if s.op.Updated == "" {
		s.op.Updated = dateIn(whole)
	}
	s.op.Errors = s.errorCodes()
	var pages []*Page
	for _, a := range addresses {
		op := *s.op
		op.Server = a.server
		s.readTables(&op, a.path, addresses)
		pages = append(pages, &Page{File: faults.file, Path: a.path, Operations: []*Operation{&op}})
	}
	return pages
}

// tableParts assigns the tables of a page without headings: the first to the request, the next to
// the response.
func tableParts(parts map[part][]textLine) map[part][]textLine {
	if len(parts[requestPart])+len(parts[bodyPart])+len(parts[queryPart])+len(parts[pathPart]) > 0 {
		return parts
	}
	out := map[part][]textLine{}
	for p, lines := range parts {
		now := p
		for _, l := range lines {
			if cellHead().MatchString(l.text) && p != errorPart {
				if len(out[requestPart]) == 0 {
					now = requestPart
				} else if p == headPart || p == samplePart {
					now = responsePart
				}
			}
			out[now] = append(out[now], l)
		}
	}
	return out
}

func flats(rows []olderRow) []flat {
	var out []flat
	for _, r := range rows {
		out = append(out, r.flat)
	}
	return out
}

// readTables reads the tables for one of the page's paths.
func (s *sheet) readTables(op *Operation, path string, all []address) {
	about := s.known.Operation(op.Method, path)
	if about == nil {
		about = &known.Operation{}
	}
	groups, choices := s.groupCells(op, path, all)
	sample := s.sample(path)
	d := &draft{page: &Page{Path: path}, op: op, faults: s.faults}
	d.bindPath(s.level(groups["path"], nil, nil))
	op.Query = append(op.Query,
		s.level(groups["query"], sample.query, &known.Object{Fields: about.Params})...)
	for _, r := range s.level(groups["header"], nil, nil) {
		if !httpOwn(r.Name) {
			r.Name = canonical(r.Name)
			op.Headers = append(op.Headers, r)
		}
	}
	if body := s.level(groups["body"], sample.body, about.Body); len(body) > 0 ||
		op.Method == "POST" && sample.body != nil {
		op.JSON, op.HasJSON = body, true
		compare(op, &op.JSON, sample.body, about.Body)
	}
	s.cellResponse(op, about)
	seal := &sealer{known: s.known, about: about}
	seal.official(op)
	op.Example = exampleOfSample(op, sample)
	op.Choices = append(op.Choices, choices...)
	for _, c := range append(choicesOf(op.JSON, nil), choicesOf(op.Query, nil)...) {
		if !slices.ContainsFunc(op.Choices, func(o Choice) bool {
			return slices.Equal(o.Names, c.Names)
		}) {
			op.Choices = append(op.Choices, c)
		}
	}
}

// groupCells sorts the rows of the request by location. An object's fields have its location.
func (s *sheet) groupCells(op *Operation, path string,
	all []address) (groups map[string][]olderRow, choices []Choice) {
	groups = map[string][]olderRow{}
	params := templateParams(path)
	rivals := map[int][]string{}
	group := "body"
	var rows []olderRow
	for _, p := range []part{headerPart, pathPart, queryPart, bodyPart, requestPart} {
		for _, r := range readCells(s.parts[p], true) {
			if r.group == "" && r.indent == 0 {
				r.group = map[part]string{headerPart: "header", pathPart: "path",
					queryPart: "query", bodyPart: "body"}[p]
			}
			rows = append(rows, r)
		}
	}
	for _, r := range rows {
		if r.indent == 0 {
			group = olderGroupOf(r, op.Method, params)
		}
		if group == "path" && !slices.Contains(params, r.Name) && len(all) > 1 {
			continue // a parameter of another path of the page
		}
		if group != "path" && r.indent == 0 && elsewhere(r.Name, path, all) {
			continue
		}
		if len(op.Roles) > 1 && scopeNote().MatchString(r.text) {
			r.Required = false // required for some callers only
		}
		if r.chosen > 0 && group != "path" {
			rivals[r.chosen] = append(rivals[r.chosen], r.Name)
		}
		groups[group] = append(groups[group], r)
	}
	for _, n := range sortedKeys(rivals) {
		if len(rivals[n]) > 1 {
			choices = append(choices, Choice{Names: rivals[n]})
		}
	}
	return groups, choices
}

func sortedKeys(m map[int][]string) []int {
	var keys []int
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// olderGroupOf is the location of a row: the path if it is a parameter there, else the one that the
// row names. A GET has no body.
func olderGroupOf(r olderRow, method string, params []string) string {
	switch {
	case slices.Contains(params, r.Name) && r.group != "body" && r.group != "query":
		return "path"
	case slices.Contains(params, r.Name) && r.group == "query":
		return "path"
	case r.group == "body" && method == "GET":
		return "query"
	case r.group != "" && r.group != "path":
		return r.group
	case r.group == "path":
		return "path"
	case httpOwn(r.Name) || strings.EqualFold(r.Name, serialHeader):
		return "header"
	case method == "GET" || method == "DELETE":
		return "query"
	}
	return "body"
}

// elsewhere reports whether a row is a parameter of another of the page's paths.
func elsewhere(name, path string, all []address) bool {
	if slices.Contains(templateParams(path), name) {
		return false
	}
	return slices.ContainsFunc(all, func(a address) bool {
		return slices.Contains(templateParams(a.path), name)
	})
}

// level makes a tree of rows: by their dashes, or by known facts if there are none.
func (s *sheet) level(rows []olderRow, sample *value, object *known.Object) []*Row {
	all := flats(rows)
	if slices.ContainsFunc(all, func(f flat) bool { return f.indent > 0 }) {
		return merge(nest(all, 0, false, s.faults), s.faults)
	}
	return s.placed(all, sample, object, false)
}

// cellResponse reads the reply.
func (s *sheet) cellResponse(op *Operation, about *known.Operation) {
	lines := s.parts[responsePart]
	text, _ := joined(lines)
	reply, _ := joined(s.parts[replyPart])
	shown := firstObject(reply)
	if shown == nil {
		shown = firstObject(text)
	}
	rows := readCells(lines, false)
	switch {
	case len(rows) > 0:
		op.Response = s.level(rows, shown, about.Response)
		compare(op, &op.Response, shown, about.Response)
	case noReply().MatchString(text) || noReply().MatchString(reply):
		op.NoContent = true
	case fileReply().MatchString(text):
		op.File = true
	case shown != nil:
		compare(op, &op.Response, shown, about.Response)
	case len(lines) == 0 && len(s.parts[replyPart]) == 0:
		s.faults.add(0, "copy the page to its end, with Return Parameters",
			"is read as a document of the older form, and does not tell what comes back")
	default:
		op.NoContent = true
	}
}
