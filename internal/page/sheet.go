package page

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/known"
	"github.com/wxgen/wxgen/internal/route"
)

// A sheet is an official page while it is read: its lines, by the parts of the page.
type sheet struct {
	name   pageName
	known  *known.Description
	faults *faultList
	lines  []textLine
	parts  map[part][]textLine
	head   string
	op     *Operation
}

// addresses finds the page's path: in its head, in its Java sample, or in its name.
func (s *sheet) addresses() []address {
	found := addressesIn(s.head)
	// the head may also have other operations' paths; its own is the one behind the method
	if len(found) > 1 {
		if m := methodWord().FindStringIndex(s.head); m != nil {
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
	if s.name.path != "" {
		return []address{{path: s.name.path}}
	}
	sample, _ := joined(s.parts[samplePart])
	if m := codePath().FindStringSubmatch(sample); m != nil &&
		route.Service(cleanPath(m[1])) != "" {
		return []address{{path: cleanPath(m[1])}}
	}
	return nil
}

func (s *sheet) sampleMethod() string {
	sample, _ := joined(s.parts[samplePart])
	if m := curlMethod().FindStringSubmatch(sample); m != nil {
		return m[1]
	}
	if methods := callsOf(s.known, s.name.path); len(methods) == 1 {
		return methods[0]
	}
	return ""
}

var curlMethod = lazy(`curl\s+(?:-X|--request)\s+(GET|POST|PUT|PATCH|DELETE)\b`)

// placed makes a tree of rows.
func (s *sheet) placed(rows []flat, sample *value, object *known.Object, form bool) []*Row {
	p := &placer{known: s.known, rows: rows, form: form}
	if form {
		p.folded = allUnfolded // the parts are the file and its description, which has fields
	}
	p.place(sample, object)
	return merge(nest(rows, 0, form, s.faults), s.faults)
}

// titleOf is the text before the date, on its line or on the line above; without a date, the first
// line.
func titleOf(lines []textLine) string {
	first, last := "", ""
	for _, l := range lines {
		text := strings.Trim(l.text, " #|")
		if m := updateTime().FindStringIndex(text); m != nil {
			before := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text[:m[0]]), "最新"))
			if before != "" && !strings.EqualFold(before, "latest") {
				return before
			}
			return last // the lines above the title are the site's
		}
		if text != "" && !noTitle().MatchString(text) {
			first, last = cmp.Or(first, text), text
		}
	}
	return first
}

// noTitle matches lines of the head that are not the title.
var noTitle = lazy(
	`^(?:路径：|更新时间|最新更新时间|基础支付|Login expired|Feedback|Submitted|ok$|0/\d+|Skip to content|Network exception)|^[\d\s/.\-]*$`)

var (
	fileReply = lazy(`(?i)文件流|二进制流|数据流|字节流|file\s+stream|binary`)
	noReply   = lazy(
		`(?i)\b204\b|无(?:应答|返回|响应)?(?:包体|内容|参数|数据|报文)|没有(?:应答|返回)|no\s+content|空字符串`)
)

// groupOf guesses the location of a parameter without a heading.
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
