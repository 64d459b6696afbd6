package page

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/known"
	"github.com/wxgen/wxgen/internal/route"
)

// The official page of a notification lists first the envelope, with the event types in the text of
// event_type, and then the fields of the decrypted resource.

var eventWord = lazy(`\b[A-Z][A-Z0-9_]*(?:\.[A-Z][A-Z0-9_]*)+\b`)

// hasEnvelope reports whether rows are a notification's envelope.
func hasEnvelope(rows []flat) bool {
	has := func(name string) bool {
		return slices.ContainsFunc(rows, func(f flat) bool { return f.Name == name })
	}
	return has("event_type") && (has("ciphertext") || has("resource"))
}

func (s *sheet) notification(rows []flat) []*Page {
	events := s.events(rows)
	if len(events) == 0 {
		s.faults.add(0, "put the file below webhook/v3/, as EVENT.TYPE.md",
			"is read as an official document of a notification, and names no event_type")
		return nil
	}
	op := s.op
	op.Method = "POST"
	op.overview(s.head)
	op.Description = ""
	resource := resourceRows(rows)
	sample := s.decrypted()
	about := s.known.Event(events[0])
	op.Resource = s.placed(resource, sample, about, false)
	compare(op, &op.Resource, sample, about)
	if len(op.Resource) == 0 {
		s.faults.add(0, "copy the page again, with the fields of the decrypted resource",
			"is read as an official document of a notification, and does not tell what its "+
				"ciphertext holds")
		return nil
	}
	seal := &sealer{known: s.known, about: &known.Operation{Response: about}}
	seal.official(&Operation{Response: op.Resource})
	var pages []*Page
	for _, e := range events {
		pages = append(pages, &Page{File: s.faults.file, Event: e, Operations: []*Operation{op}})
	}
	return pages
}

// events are the event types, from the file's name, the row's text, or the sample.
func (s *sheet) events(rows []flat) []string {
	if s.name.event != "" {
		return []string{s.name.event}
	}
	var events []string
	add := func(text string) {
		for _, e := range eventWord().FindAllString(text, -1) {
			if route.Event.MatchString(e) && !slices.Contains(events, e) {
				events = append(events, e)
			}
		}
	}
	for _, f := range rows {
		if f.Name == "event_type" {
			for _, v := range f.Enum {
				add(v.Value)
			}
			add(f.text)
		}
	}
	if len(events) == 0 {
		for _, v := range s.objects() {
			add(string(v.field("event_type").text()))
		}
	}
	return events
}

// resourceRows are the rows behind the envelope.
func resourceRows(rows []flat) []flat {
	seen := map[string]bool{}
	opened := false
	for i, f := range rows {
		depth, known := envelope[f.Name]
		if opened && (!known || depth < 2 || seen[f.Name]) {
			rest := slices.Clone(rows[i:])
			rest[0].after = false
			return rest
		}
		seen[f.Name] = true
		opened = opened || f.Name == "ciphertext" || seen["resource"] && !known
	}
	return nil
}

// objects are the JSON objects of a page.
func (s *sheet) objects() []*value {
	text, _ := joined(s.lines)
	var all []*value
	for {
		at := strings.IndexByte(text, '{')
		if at < 0 {
			return all
		}
		v, rest := readJSON(text[at:])
		if v == nil || len(v.keys) == 0 {
			text = text[at+1:]
			continue
		}
		all, text = append(all, v), rest
	}
}

// decrypted is the sample of the resource: the last object that is no envelope.
func (s *sheet) decrypted() *value {
	for _, v := range slices.Backward(s.objects()) {
		if v.field("event_type") == nil && v.field("resource_type") == nil &&
			v.field("code") == nil && v.field("ciphertext") == nil {
			return v
		}
	}
	return nil
}
