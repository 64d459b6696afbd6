package page

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/known"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// maxSize is far above the largest page there is (200 kB, with its samples) and far below what
// would hold up an import.
const maxSize = 2 << 20

// Parse reads a reference page. name is its slash path, which says where messages point to and,
// below openapi/ or webhook/, what the page is about; a page with another name is known by what it
// says itself. What a description knows helps where the way that the page came has lost something;
// about may be nil. An official page may tell of several paths or events: each becomes a page. A
// page with faults is not returned: what is wrong in one place is seldom right in the others. One
// with notes is, and a page that has moved is a note alone.
func Parse(name string, src []byte, about *known.Description) ([]*Page, fault.List) {
	faults := &faultList{file: name}
	text, ok := decode(src, faults)
	if !ok {
		return nil, faults.list
	}
	pages := read(placeOf(name), text, about, faults)
	for _, p := range pages {
		if !faults.any() {
			misplaced(p, faults)
		}
	}
	if faults.any() {
		return nil, faults.sorted()
	}
	return pages, faults.sorted()
}

// read finds out which form a page has, and reads it.
func read(at place, text string, about *known.Description, faults *faultList) []*Page {
	switch {
	case marked(text):
		return []*Page{parseMarkdown(at, text, faults)}
	case isPlain(text):
		return []*Page{parsePlain(at, text, about, faults)}
	}
	lines := clean(text)
	whole, _ := joined(lines)
	switch {
	case isGlobal(whole):
		return parseGlobal(at, lines, about, faults)
	case isOfficial(whole):
		return parseOfficial(at, lines, about, faults)
	case movedTo(text, faults):
		return nil
	case strings.TrimSpace(text) == "":
		faults.add(0, "copy the page again, or leave the file out", "is empty")
		return nil
	case !likeMarkdown.MatchString(text):
		faults.add(0, "copy the page whole, or leave the file out",
			"is read as text, and has neither the tables of a community page (请求参数, 返回字典) nor "+
				"the rows of an official document (name 必填 string(32), or Name, Variable, Type)")
		return nil
	}
	return []*Page{parseMarkdown(at, text, faults)}
}

var likeMarkdown = regexp.MustCompile("(?m)^(?:#+ |\\||```|---$)")

// misplaced refuses a path or an event that no description may have.
func misplaced(p *Page, faults *faultList) {
	if p.Event != "" {
		if !route.Event.MatchString(p.Event) {
			faults.add(0, "call the page after the event_type that WeChat Pay sends, like "+
				"TRANSACTION.SUCCESS", "no event is called %s", shown(p.Event))
		}
	} else if what, mend := route.Fault(p.Path); what != "" {
		faults.add(0, mend, "path %s %s", shown(p.Path), what)
	}
}

// decode refuses what cannot be a page, before anything looks into it.
func decode(src []byte, faults *faultList) (string, bool) {
	switch {
	case len(src) > maxSize:
		faults.add(0, "leave the file out, or cut it into its pages",
			"is %d MB large, and no page has more than %d", (len(src)+1<<20-1)>>20, maxSize>>20)
	case bytes.IndexByte(src, 0) >= 0:
		faults.add(lineAt(src, bytes.IndexByte(src, 0)),
			"leave the file out: pages are Markdown or plain text", "is a binary file")
	case !utf8.Valid(src):
		faults.add(lineAt(src, firstInvalid(src)), "save the page as UTF-8", "is not valid UTF-8")
	case hidden(src) >= 0:
		at := hidden(src)
		r, _ := utf8.DecodeRune(src[at:])
		faults.add(lineAt(src, at), "remove it", "holds the character %U, which nobody sees", r)
	default:
		return strings.TrimPrefix(string(src), "\ufeff"), true
	}
	return "", false
}

// hidden finds a character that would pass a reader by; -1 if there is none. A byte order mark may
// begin a page.
func hidden(src []byte) int {
	mark := len(src) - len(bytes.TrimPrefix(src, []byte("\ufeff")))
	if i := bytes.IndexFunc(src[mark:], source.Hidden); i >= 0 {
		return mark + i
	}
	return -1
}

func lineAt(src []byte, offset int) int { return 1 + bytes.Count(src[:offset], []byte("\n")) }

func firstInvalid(src []byte) int {
	for at := 0; at < len(src); {
		r, size := utf8.DecodeRune(src[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return 0
}
