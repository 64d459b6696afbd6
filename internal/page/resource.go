package page

import (
	"slices"
)

const originalData = "original_data" // some pages' name for the decrypted resource itself

// resource keeps the content of a notification's ciphertext: the rows below the divider.
func (d *draft) resource() {
	at := slices.IndexFunc(d.request, func(f flat) bool {
		return f.cipher || f.Name == "ciphertext"
	})
	if at < 0 {
		d.faults.add(d.op.Line, "mark it with data-encrypted=by-aes-gcm",
			"the notification has no ciphertext")
		return
	}
	indent := d.request[at].indent
	start := slices.IndexFunc(d.request[at:], func(f flat) bool { return f.divided })
	if start < 0 {
		start = slices.IndexFunc(d.request[at:], func(f flat) bool { return f.indent > indent })
	}
	if start < 0 {
		d.faults.add(d.request[at].Line, "put a divider, {colspan=3}, and the decrypted fields "+
			"below it", "the notification's ciphertext holds nothing")
		return
	}
	variants := [][]flat{nil}
	for _, f := range d.request[at+start:] {
		last := len(variants) - 1
		switch {
		case f.indent == indent && f.Name == originalData:
			variants = append(variants, nil)
		case f.indent > 0 && f.indent <= indent || f.indent == 0 &&
			(f.Name == "headers" || f.Name == "body"):
			// back in the envelope
		case f.indent == 0:
			f.indent = indent + 1 // its indent is lost
			fallthrough
		default:
			variants[last] = append(variants[last], f)
		}
	}
	d.uniteVariants(slices.DeleteFunc(variants, func(v []flat) bool { return len(v) == 0 }),
		indent+1)
}

func (d *draft) uniteVariants(variants [][]flat, base int) {
	for i, v := range variants {
		rows := merge(nest(v, base, false, d.faults), d.faults)
		if i == 0 {
			d.op.Resource = rows
			continue
		}
		d.op.Resource = uniteRows(d.op.Resource, rows, d.faults)
	}
	shownFormats{}.apply(d.op.Resource) // without an example its numbers are integers
}
