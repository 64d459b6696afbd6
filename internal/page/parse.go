package page

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/known"
	"github.com/wxgen/wxgen/internal/route"
)

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
	pages := read(nameOf(name), text, about, faults)
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
func read(at pageName, text string, about *known.Description, faults *faultList) []*Page {
	switch {
	case marked(text):
		return []*Page{parseMarkdown(at, text, faults)}
	case isPlain(text):
		return []*Page{parsePlain(at, text, about, faults)}
	}
	lines := clean(text)
	whole, _ := joined(lines)
	switch {
	case isOlder(whole):
		return parseOlder(at, lines, about, faults)
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
