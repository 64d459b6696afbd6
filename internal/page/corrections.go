package page

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/route"
)

// A CorrectionSet is a table of facts from WeChat Pay's own typed models, which win over the pages:
//
//	method	path	part	field	change	fact
//	GET	/v3/certificates	response	data[].effective_time	set	format=date-time
//
// part is request or response. A field's path has dots, and [] behind arrays. set changes a field,
// add adds a missing one. Blanks separate facts: type=T, format=F, enum=A|B, encrypted, required,
// array; add begins with the type.
type CorrectionSet struct {
	File  string
	lines []correction
}

// A correction is one line of the table.
type correction struct {
	line         int
	method, path string
	part         string // request, response
	field        string // in the spelling of the table
	steps        []step
	add          bool
	facts        []fact
}

// A step leads from an object to one of its fields.
type step struct {
	name  string
	array bool
}

// A fact is a fact of a correction.
type fact struct{ key, value string }

// formats that corrections may name.
var formats = []string{"date", "date-time", "int64"}

// Corrections reads a table of corrections. It returns faults instead of a table with faults.
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
