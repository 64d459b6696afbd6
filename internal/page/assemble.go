package page

import (
	"slices"
)

// assemble finds the page's path or event, and finishes its operations.
func assemble(at pageName, p *Page, drafts []*draft, faults *faultList) {
	switch {
	case at.other != "":
		faults.add(0, "leave the file out: wxgen describes APIv3", "is a page of %s", at.other)
		return
	case at.event != "" || isNotification(drafts) && at.path == "":
		p.Event = at.event
		assembleEvent(p, drafts, faults)
		return
	}
	p.Path = at.path
	for _, d := range drafts {
		d.agreeWithSample()
	}
	if p.Path == "" {
		faults.add(0, "put the file below openapi/, at its path: openapi/v3/….md",
			"neither the name of the page nor a sample call tells its path")
		return
	}
	for _, d := range drafts {
		d.complete()
		p.Operations = append(p.Operations, d.op)
	}
	checkMethods(p, faults)
}

func checkMethods(p *Page, faults *faultList) {
	seen := map[string]int{}
	for _, op := range p.Operations {
		if line := seen[op.Method]; line > 0 {
			faults.add(op.Line, "take one out", "%s %s is already in line %d", op.Method, p.Path,
				line)
			continue
		}
		seen[op.Method] = op.Line
	}
}

// agreeWithSample compares path and method with the sample call, and takes missing ones from it.
func (d *draft) agreeWithSample() {
	call := d.sample
	if call == nil {
		return
	}
	switch {
	case call.path == "":
	case d.page.Path == "":
		d.page.Path = call.path
	case !call.fits(d.page.Path):
		d.faults.add(call.line, "put the page where it belongs, or mend the sample",
			"the sample calls %s, but the page is that of %s", call.path, d.page.Path)
	}
	switch {
	case call.method == "":
	case d.op.Method == "":
		d.op.Method = call.method
	case d.op.Method != call.method:
		d.faults.add(call.line, "mend the heading or the sample",
			"the sample sends %s, but the heading says %s", call.method, d.op.Method)
	}
}

// complete finishes an operation.
func (d *draft) complete() {
	op := d.op
	if op.Method == "" {
		d.faults.add(op.Line, "write the heading as # title {#post}",
			"neither a heading nor a sample call tells the method")
		return
	}
	if !d.answered {
		d.faults.add(op.Line, "add the table 返回字典", "%s has no table of the response", op.Method)
	}
	d.readExample()
	op.Response = merge(nest(d.response, 0, false, d.faults), d.faults)
	d.groups()
	d.formats()
}

// assembleEvent finishes a notification.
func assembleEvent(p *Page, drafts []*draft, faults *faultList) {
	if len(drafts) != 1 {
		faults.add(drafts[1].op.Line, "write a page per notification",
			"a second notification on the page")
		return
	}
	d := drafts[0]
	d.op.Method = "POST"
	p.Operations = []*Operation{d.op}
	if i := slices.IndexFunc(d.request, func(f flat) bool {
		return f.Name == "event_type"
	}); i >= 0 {
		d.agreeWithRow(d.request[i].Row)
	}
	if p.Event == "" {
		faults.add(d.op.Line, "put the file below webhook/v3/, as EVENT.TYPE.md",
			"neither the name of the page nor its event_type tells the event")
		return
	}
	d.resource()
}

// agreeWithRow compares the event with the one in the table.
func (d *draft) agreeWithRow(r *Row) {
	switch {
	case len(r.Enum) == 0:
	case d.page.Event == "":
		d.page.Event = r.Enum[0].Value
	case findValue(r.Enum, d.page.Event) == nil:
		d.faults.add(r.Line, "name the file after the event, or mend the row",
			"event_type is %s, but the page is that of %s", r.Enum[0].Value, d.page.Event)
	}
}
