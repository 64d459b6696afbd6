package page

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A part is a section of an official page.
type part int

const (
	headPart part = iota
	requestPart
	headerPart
	pathPart
	queryPart
	bodyPart
	samplePart
	responsePart
	replyPart
	errorPart
	otherPart
)

// headings begin parts. They are alone on a line. The names of groups may be anywhere, since
// nothing else looks like them.
var headings = []struct {
	part    part
	pattern func() *regexp.Regexp
}{
	{
		headerPart, lazy(
			`(?i)^(?:header\s*(?:HTTP\s*头)?\s*参数|HTTP\s*头\s*参数|header\s+parameters?)`),
	},
	{pathPart, lazy(`(?i)^(?:path\s*路径\s*参数|路径参数(?:\s*path)?|path\s+parameters?)$`)},
	{
		queryPart, lazy(
			`(?i)^(?:query\s*(?:查询|URL)?\s*参数|查询参数(?:\s*query)?|query\s+parameters?)$`),
	},
	{
		bodyPart, lazy(
			`(?i)^(?:body\s*(?:包体|请求体?|消息体)?\s*参数|(?:请求)?包体参数(?:\s*body)?|body\s+parameters?)$`),
	},
	{
		samplePart, lazy(
			`(?i)^(?:请求示例|请求样例|请求报文示例|请求代码示例|示例代码|request\s+e?x?ample|request\s+sample)`),
	},
	{
		replyPart, lazy(
			`(?i)^(?:应答示例|返回示例|响应示例|应答样例|正常(?:返回|应答)示例|返回报文示例|(?:return|response)\s+e?x?ample)`),
	},
	{responsePart,
		lazy(
			`(?i)^(?:应答参数|返回参数|响应参数|应答字段|返回字段|应答报文|(?:return|response)\s+parameters?)`)},
	{errorPart, lazy(`(?i)^(?:错误码|公共错误码|业务错误码|error\s+codes?|错误码列表)`)},
	{requestPart, lazy(`(?i)^(?:请求参数|请求报文参数|request\s+parameters?)`)},
	{otherPart, lazy(`(?i)^(?:文档修订记录|修订记录|常见问题|更新日志|下一步|相关文档|business\s+flow|FAQ)`)},
}

var (
	numbering = lazy(
		`^(?:\d+(?:\.\d+)*\s*[.、．)）]?|[一二三四五六七八九十]+\s*[、.．]|[（(]\s*[一二三四五六七八九十\d]+\s*[)）]|[-•·●*#>]+)\s*`)
	midLine = lazy(
		`(?i)\s+(header\s+HTTP头参数|path\s+路径参数|query\s+查询参数|body\s+包体参数)\s*`)
)

// partsOf divides the lines of an official page into parts.
func partsOf(lines []textLine) map[part][]textLine {
	parts := map[part][]textLine{}
	now := headPart
	for _, l := range lines {
		for text := range strings.SplitSeq(midLine().ReplaceAllString(l.text, "\n$1\n"), "\n") {
			if p, rest, ok := headingOf(text, now); ok {
				now = p
				text = rest
			}
			parts[now] = append(parts[now], textLine{l.n, text})
		}
	}
	return parts
}

// longestHeading is the longest possible heading.
const longestHeading = 40

// headingOf returns the part that begins at a line, and the rest of the line.
func headingOf(line string, now part) (p part, rest string, ok bool) {
	text := strings.Trim(line, " \t|")
	for {
		shorter := numbering().ReplaceAllString(text, "")
		if shorter == text || shorter == "" {
			break
		}
		text = shorter
	}
	text = strings.TrimRight(text, " :：")
	if utf8.RuneCountInString(text) > longestHeading || strings.ContainsAny(text, "。；;，,") {
		return 0, "", false
	}
	for _, h := range headings {
		m := h.pattern().FindStringIndex(text)
		if m == nil || inCell(text[m[1]:]) || now == samplePart && h.part < samplePart {
			continue
		}
		return h.part, strings.TrimSpace(text[m[1]:]), true
	}
	return 0, "", false
}

// inCell reports whether a long text follows the word: then it begins a sentence or a cell of a
// table, and no part.
func inCell(rest string) bool {
	rest = strings.TrimSpace(rest)
	return rest != "" && !strings.HasPrefix(rest, "说明") && !strings.HasPrefix(rest, "列表") &&
		!strings.HasPrefix(rest, "(") &&
		!strings.HasPrefix(rest, "（") && !status().MatchString(rest) &&
		!strings.HasPrefix(rest, "(JSON") && utf8.RuneCountInString(rest) > 12
}

var status = lazy(`^(20[0-9])\b\s*(?:OK|No\s*Content|Accepted|Created)?`)
