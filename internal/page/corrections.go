package page

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/route"
)

// A CorrectionSet is what WeChat Pay's own typed models know better than the pages, read from a
// table:
//
//	method	path	part	field	change	fact
//	GET	/v3/certificates	response	data[].effective_time	set	format=date-time
//
// part is request or response. A field's path has dots, and [] behind arrays. set changes a field,
// add adds one where it is not. Facts are separated by blanks: type=T, format=F, enum=A|B,
// encrypted, required, array; add begins with the type.
type CorrectionSet struct {
	File  string
	lines []correction
}

// A correction is one line of the table.
type correction struct {
	line         int
	method, path string
	part         string // request, response
	field        string // as written
	steps        []step
	add          bool
	facts        []fact
}

// A step leads from an object to one of its fields.
type step struct {
	name  string
	array bool
}

// A fact is what a correction says about a field.
type fact struct{ key, value string }

// formats that corrections may name.
var formats = []string{"date", "date-time", "int64"}

// Corrections reads a table of corrections. A table with faults is not returned.
func Corrections(name string, src []byte) (*CorrectionSet, fault.List) {
	faults := &faultList{file: name}
	text, ok := decode(src, faults)
	if !ok {
		return nil, faults.list
	}
	set := &CorrectionSet{File: name}
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		line = strings.TrimRight(line, "\r")
		if strings.TrimSpace(line) == "" || line[0] == '#' || n == 1 &&
			strings.HasPrefix(line, "method\t") {
			continue
		}
		if c, ok := readCorrection(n, line, faults); ok {
			set.lines = append(set.lines, c)
		}
	}
	if len(faults.list) > 0 {
		return nil, faults.sorted()
	}
	return set, nil
}

const correctionForm = "write method, path, part, field, change and fact, with tabs between"

func readCorrection(n int, line string, faults *faultList) (c correction, ok bool) {
	cells := strings.Split(line, "\t")
	if len(cells) != 6 {
		faults.add(n, correctionForm, "has %d cells instead of 6", len(cells))
		return c, false
	}
	c = correction{line: n, method: cells[0], path: cells[1], part: cells[2], field: cells[3],
		add: cells[4] == "add"}
	_, _, known := route.Split(c.path)
	switch {
	case !isMethod(c.method):
		faults.add(n, correctionForm, "%s is no method", shown(c.method))
	case !known:
		faults.add(n, correctionForm, "the path %s does not begin with %s", shown(c.path),
			route.Known())
	case c.part != "request" && c.part != "response":
		faults.add(n, "it is request or response", "the part is %s", shown(c.part))
	case cells[4] != "add" && cells[4] != "set":
		faults.add(n, "it is set or add", "the change is %s", shown(cells[4]))
	default:
		return c, c.readField(faults) && c.readFacts(strings.Fields(cells[5]), faults)
	}
	return c, false
}

func (c *correction) readField(faults *faultList) bool {
	for part := range strings.SplitSeq(c.field, ".") {
		name, array := strings.CutSuffix(part, "[]")
		if !isName(name) {
			faults.add(c.line, "write the names of the fields with dots between and [] behind "+
				"arrays", "%s is no field", shown(c.field))
			return false
		}
		c.steps = append(c.steps, step{name, array})
	}
	return true
}

func (c *correction) readFacts(words []string, faults *faultList) bool {
	if c.add && len(words) > 0 && slices.Contains(types, words[0]) {
		words[0] = "type=" + words[0]
	} else if c.add {
		faults.add(c.line, "begin the fact with the type: string, integer, number, boolean or "+
			"object", "adds a field without a type")
		return false
	}
	for _, word := range words {
		key, value, _ := strings.Cut(word, "=")
		f := fact{key, value}
		if !f.valid() {
			faults.add(c.line, "facts are type=…, format=…, enum=A|B, encrypted, required "+
				"and array", "%s is no fact", shown(word))
			return false
		}
		c.facts = append(c.facts, f)
	}
	if len(c.facts) == 0 {
		faults.add(c.line, correctionForm, "says nothing about %s", c.field)
	}
	return len(c.facts) > 0
}

func (f fact) valid() bool {
	switch f.key {
	case "type":
		return slices.Contains(types, f.value)
	case "format":
		return slices.Contains(formats, f.value)
	case "enum":
		return f.value != "" && !slices.Contains(strings.Split(f.value, "|"), "")
	case "encrypted", "required", "array":
		return f.value == ""
	}
	return false
}

// ApplyTo corrects those operations of the set that the pages tell of.
func (s *CorrectionSet) ApplyTo(pages []*Page) fault.List { return s.apply(pages, true) }

// Apply corrects the pages. A correction without its operation or its field is a fault; the others
// are applied. Applying twice changes nothing.
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

// apply finds the field, in whichever part of the request it is, and corrects it.
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

// requestGroups is where a field of a request may be; a new one goes to the first.
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

// walk goes down to the object that holds the field: nil at the top.
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

// correct changes the field among rows, if it is there.
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
	c.tell(r)
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
	c.tell(r)
	*rows = append(*rows, r)
}

// tell lets the facts win over what the page says.
func (c *correction) tell(r *Row) {
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
		r.Format = "" // it was that of the string
	}
}

// keepLabels makes a list of values, with the labels that the page gives them.
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
