package page

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/fault"
)

// ApplyTo applies the corrections for operations on the pages.
func (s *CorrectionSet) ApplyTo(pages []*Page) fault.List { return s.apply(pages, true) }

// Apply corrects the pages. A correction without its operation or its field is a fault; the others
// are applied. A second application changes nothing.
func (s *CorrectionSet) Apply(pages []*Page) fault.List { return s.apply(pages, false) }

func (s *CorrectionSet) apply(pages []*Page, some bool) fault.List {
	operations := map[string]*Operation{}
	for _, p := range pages {
		for _, op := range p.Operations {
			operations[op.Method+" "+p.Path] = op
		}
	}
	faults := &faultList{file: s.File}
	for _, c := range s.lines {
		op := operations[c.method+" "+c.path]
		if op == nil && some {
			continue
		}
		if op == nil {
			faults.add(c.line, "import the page as well, or take the line out", "no page has %s %s",
				c.method, c.path)
			continue
		}
		c.apply(op, faults)
	}
	return faults.sorted()
}

// apply finds the field in the parts of the request, or in the response, and corrects it.
func (c *correction) apply(op *Operation, faults *faultList) {
	groups := []*[]*Row{&op.Response}
	if c.part == "request" {
		groups = requestGroups(op)
	}
	for _, rows := range groups {
		if parent, ok := c.walk(*rows); ok {
			if parent != nil {
				rows = &parent.Rows
			}
			if c.correct(rows, faults) {
				return
			}
		}
	}
	if c.add {
		for _, rows := range groups {
			if parent, ok := c.walk(*rows); ok {
				c.addTo(parent, rows)
				return
			}
		}
	}
	faults.add(c.line, "mend the field's path, or take the line out",
		"%s %s has no field %s in its %s", c.method, c.path, c.field, c.part)
}

// requestGroups are the places of a request's fields. A new field goes to the first.
func requestGroups(op *Operation) []*[]*Row {
	groups := []*[]*Row{&op.Query, &op.PathParams, &op.Headers}
	if op.HasJSON {
		groups = append([]*[]*Row{&op.JSON}, groups...)
	}
	for _, part := range op.Form {
		if len(part.Rows) > 0 {
			groups = append([]*[]*Row{&part.Rows}, groups...)
		}
	}
	return groups
}

// walk goes down to the object with the field; nil at the top.
func (c *correction) walk(rows []*Row) (parent *Row, ok bool) {
	for _, s := range c.steps[:len(c.steps)-1] {
		parent = findRow(rows, s.name)
		if parent == nil || parent.Array != s.array || !parent.holds() &&
			!(c.add && parent.Type == "string") {
			return nil, false
		}
		rows = parent.Rows
	}
	return parent, true
}

func (r *Row) holds() bool { return r.Type == "object" || r.Encoded }

// correct changes the field among rows, if there is one.
func (c *correction) correct(rows *[]*Row, faults *faultList) bool {
	last := c.steps[len(c.steps)-1]
	r := findRow(*rows, last.name)
	if r == nil {
		return false
	}
	if r.Array != last.array {
		faults.add(c.line, "write [] behind the field's path if it is an array, or correct "+
			"its type", "%s is %s on the page", c.field, r.spelled())
		return true
	}
	c.setFacts(r)
	return true
}

func (c *correction) addTo(parent *Row, rows *[]*Row) {
	if parent != nil {
		rows = &parent.Rows
	}
	if parent != nil && !parent.holds() {
		// the page calls it a string, but it has fields
		parent.Type, parent.Format, parent.Enum = "object", "", nil
	}
	last := c.steps[len(c.steps)-1]
	r := &Row{Name: last.name, Array: last.array}
	if parent != nil {
		r.Line = parent.Line
	}
	c.setFacts(r)
	*rows = append(*rows, r)
}

// setFacts replaces the page's facts by those of the correction.
func (c *correction) setFacts(r *Row) {
	for _, f := range c.facts {
		switch f.key {
		case "type":
			r.Type = f.value
		case "format":
			r.Format = f.value
		case "enum":
			r.Enum = keepLabels(strings.Split(f.value, "|"), r.Enum)
		case "encrypted":
			r.Encrypted = true
		case "required":
			r.Required, r.Unknown = true, false
		case "array":
			r.Array = true
		}
	}
	if r.Type != "string" && !slices.Contains([]string{"", "int64"}, r.Format) {
		r.Format = "" // the format of the string
	}
}

// keepLabels makes a list of values, with the page's labels.
func keepLabels(values []string, known []EnumValue) []EnumValue {
	var out []EnumValue
	for _, v := range values {
		if k := findValue(known, v); k != nil {
			out = append(out, *k)
			continue
		}
		out = append(out, EnumValue{Value: v})
	}
	return out
}
