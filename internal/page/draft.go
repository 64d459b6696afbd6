package page

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/known"
)

// A draft is an operation of a community page while it is read.
type draft struct {
	page     *Page
	op       *Operation
	faults   *faultList
	request  []flat
	response []flat
	asked    bool // there is a request table
	answered bool
	divided  bool   // the line before was a divider
	template string // plain text: the path, as far as it is known when rows are read
	event    string // plain text: likewise
	known    *known.Description
	example  block
	sample   *phpCall
}

// The response table of some pages has one of these marks instead of fields.
const (
	noContentMark = "空字符串"
	fileMark      = "文件流"
)

// takeBlock keeps an example, and sample calls with new facts.
func (d *draft) takeBlock(b block) {
	switch {
	case strings.HasPrefix(b.info, "json") && strings.Contains(b.info, "#example") &&
		d.example.line == 0:
		d.example = b
	case strings.HasPrefix(b.info, "php") && (d.sample == nil || !d.sample.exact):
		d.sample = d.sample.or(parsePHPCall(b))
	}
}

// about is the same operation in the description, or an empty one.
func (d *draft) about() *known.Operation {
	method := d.op.Method
	if method == "" && d.sample != nil {
		method = d.sample.method
	}
	path := d.template
	if path == "" {
		path = d.page.Path
	}
	if op := d.known.Operation(method, path); op != nil {
		return op
	}
	if methods := callsOf(d.known, path); method == "" && len(methods) == 1 {
		return d.known.Operation(methods[0], path)
	}
	return &known.Operation{}
}

// isNotification reports whether the rows are a notification's envelope.
func isNotification(drafts []*draft) bool {
	return len(drafts) == 1 && slices.ContainsFunc(drafts[0].request, func(f flat) bool {
		return f.Name == "event_type"
	}) &&
		slices.ContainsFunc(drafts[0].request, func(f flat) bool { return f.Name == "ciphertext" })
}
