package page

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/known"
)

// about is the same operation in the description, or one that has nothing.
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

// nestRows gives some rows of a copied page their indents. There, an object's fields always follow
// it.
func (d *plainDraft) nestRows(rows []flat, base int, sample *value, shape *known.Object) {
	for i := range rows {
		rows[i].opens = rows[i].Type == "object"
		rows[i].after = i > 0 && rows[i-1].opens
	}
	p := &placer{known: d.known, rows: rows, base: base, folded: allUnfolded}
	p.place(sample, shape)
}

// nestRequest gives the rows of a request their indents: below each group, what it sends.
func (d *plainDraft) nestRequest() {
	var args *value
	if d.sample != nil {
		args = d.sample.args
	}
	about := d.about()
	start, group := 0, "" // of the rows of the open group
	flush := func(end int) {
		if start < end {
			d.nestGroup(group, d.request[start:end], args.field(group), about)
		}
	}
	for i := range d.request {
		f := &d.request[i]
		if !d.isOutermost(f, group, args) {
			continue
		}
		flush(i)
		start, group = i+1, f.Name
		if !slices.Contains(groupNames, f.Name) {
			start, group = i+1, ""
		}
	}
	flush(len(d.request))
}

// nestGroup gives the rows of one group their indents.
func (d *plainDraft) nestGroup(group string, rows []flat, sample *value, about *known.Operation) {
	switch group {
	case "": // of the path
		for i := range rows {
			rows[i].indent = 0
		}
	case "headers", "query":
		p := &placer{known: d.known, rows: rows, base: 1, folded: allUnfolded}
		p.place(sample, &known.Object{Fields: about.Params})
	case "body":
		for i := range rows {
			rows[i].opens = rows[i].Name == metaPart
			rows[i].after = i > 0 && rows[i-1].opens
		}
		p := &placer{known: d.known, rows: rows, base: 1, form: true, folded: allUnfolded}
		p.place(sample, about.Body)
	default:
		d.nestRows(rows, 1, sample, about.Body)
	}
}

var groupNames = []string{"json", "query", "headers", "body"}

// isOutermost reports whether a row stands at indent 0: a group, the server, or a parameter of the
// path.
func (d *plainDraft) isOutermost(f *flat, group string, args *value) bool {
	if f.Name == "base_uri" {
		return true
	}
	if slices.Contains(templateParams(d.template), f.Name) {
		return group == "" || args.field(f.Name) != nil && args.field(group).field(f.Name) == nil
	}
	return f.Type == "object" && slices.Contains(groupNames, f.Name) &&
		(args.field(f.Name) != nil || strings.HasPrefix(f.Label, "声明请求") ||
			strings.HasPrefix(f.Label, "multipart"))
}

// adrift marks a row whose object is not known for sure.
func (r *Row) adrift(what string) {
	r.Adrift = true
	r.doubt(what)
}

func (r *Row) doubt(what string) {
	if r.Doubt == "" {
		r.Doubt = what
	}
}

// envelope is how deep the fields around a notification's resource stand.
var envelope = map[string]int{
	"headers": 0, "body": 0,
	"id": 1, "create_time": 1, "event_type": 1, "resource_type": 1, "summary": 1, "resource": 1,
	"original_type": 2, "algorithm": 2, "associated_data": 2, "nonce": 2, "ciphertext": 2,
}

// nestNotification gives the rows of a notification their indents: the envelope is always the same,
// and what follows it is the decrypted resource.
func (d *plainDraft) nestNotification() {
	rows := d.request
	event := d.event
	seen := map[string]bool{}
	after := false
	for i := range rows {
		f := &rows[i]
		if f.Name == "event_type" && event == "" && len(f.Enum) > 0 {
			event = f.Enum[0].Value
		}
		depth, known := envelope[f.Name]
		if after && (!known || depth < 2 || seen[f.Name]) {
			f.divided = true
			d.nestRows(rows[i:], 3, nil, d.known.Event(event))
			return
		}
		f.indent = 1 // the fields of headers
		if known {
			f.indent = depth
			seen[f.Name] = true
		}
		after = after || f.Name == "ciphertext"
	}
}
