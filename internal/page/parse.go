package page

import (
	"strings"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/known"
	"github.com/wxgen/wxgen/internal/route"
)

// Parse reads a reference page. Name is its slash path, for messages. Below openapi/ or webhook/ it
// also holds the path or event of the page; otherwise these come from the page itself. The facts
// that about returns replace facts that a copy of the page has lost. It may be nil, and is called
// for such copies alone. An official page may have several paths or events: each becomes a page.
// Parse does not return a page with faults, since the rest is seldom right. It returns pages with
// notes. A page that has moved is only a note.
func Parse(name string, src []byte, about func() *known.Description) ([]*Page, fault.List) {
	if about == nil {
		about = func() *known.Description { return nil }
	}
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

// read recognizes the form of a page, and reads it.
func read(at pageName, text string, about func() *known.Description,
	faults *faultList) []*Page {
	switch {
	case marked(text):
		return []*Page{parseMarkdown(at, text, faults)}
	case isPlain(text):
		return []*Page{parsePlain(at, text, about(), faults)}
	}
	lines := clean(text)
	whole, _ := joined(lines)
	switch {
	case isOlder(whole):
		return parseOlder(at, lines, about(), faults)
	case isOfficial(whole):
		return parseOfficial(at, lines, about(), faults)
	case movedTo(text, faults):
		return nil
	case strings.TrimSpace(text) == "":
		faults.add(0, "copy the page again, or leave the file out", "is empty")
		return nil
	case !likeMarkdown().MatchString(text):
		faults.add(0, "copy the page whole, or leave the file out",
			"is read as text, and has neither the tables of a community page (请求参数, 返回字典) nor "+
				"the rows of an official document (name 必填 string(32), or Name, Variable, Type)")
		return nil
	}
	return []*Page{parseMarkdown(at, text, faults)}
}

var likeMarkdown = lazy("(?m)^(?:#+ |\\||```|---$)")

// misplaced refuses a path or an event that cannot be in a description.
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
