package page

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/known"
)

// nestRows sets the indents of rows of a copied page. An object's fields always follow it there.
func (d *draft) nestRows(rows []flat, base int, sample *value, object *known.Object) {
	for i := range rows {
		rows[i].opens = rows[i].Type == "object"
		rows[i].after = i > 0 && rows[i-1].opens
	}
	p := &placer{known: d.known, rows: rows, base: base, folded: allUnfolded}
	p.place(sample, object)
}

// nestRequest sets the indents of a request's rows: the fields of each group are below it.
func (d *draft) nestRequest() {
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

// nestGroup sets the indents of one group's rows.
func (d *draft) nestGroup(group string, rows []flat, sample *value, about *known.Operation) {
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

// isOutermost reports whether a row has indent 0: a group, the server, or a parameter of the path.
func (d *draft) isOutermost(f *flat, group string, args *value) bool {
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

// nestNotification sets the indents of a notification's rows: first the envelope, which is always
// the same, then the decrypted resource.
func (d *draft) nestNotification() {
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
