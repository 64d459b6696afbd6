package page

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/known"
)

// compare compares an object's list of fields with the sample. It adds fields that only the sample
// has: all fields of a folded object, and single ones that the list lacks. If the two disagree, the
// row gets a question.
func compare(op *Operation, rows *[]*Row, sample *value, object *known.Object) {
	compareObject(rows, sample, object, op.Line, len(*rows) == 0)
}

// compareObject compares the fields of an object. Folded says that the list has no fields of it.
func compareObject(rows *[]*Row, sample *value, object *known.Object, line int, folded bool) {
	for _, r := range *rows {
		compareRow(r, sample.field(r.Name), object.Field(r.Name))
	}
	for _, name := range sample.names() {
		if findRow(*rows, name) == nil && isName(name) {
			r := inferred(name, sample.field(name), object.Field(name), line)
			if !folded {
				r.doubt("only the sample has it: is it a field?")
			}
			compareRow(r, sample.field(name), object.Field(name))
			*rows = append(*rows, r)
		}
	}
}

// compareRow compares a field with its sample.
func compareRow(r *Row, sample *value, about *known.Field) {
	if sample.isNull() {
		sample = nil
	}
	item := sample
	if sample != nil && sample.isList() {
		if !r.Array && r.Type == "object" && r.Doubt == "" {
			r.doubt("the sample is a list: which is right?")
		}
		item = nil
		if len(sample.list) > 0 {
			item = sample.list[0]
		}
		if r.Array && r.Type == "object" && len(r.Rows) == 0 && item != nil && !item.array {
			r.Type, r.Doubt = typeOfValue(item), "" // the list does not say what its items are
		}
	} else if sample != nil && r.Array && sample.array {
		r.doubt("the sample is one object: which is right?")
	}
	if r.Type == "object" && !r.Encoded {
		if item != nil && !item.array {
			r.doubt("the sample is no object: which is right?")
			item = nil
		}
		if r.Array && sample != nil {
			item = sample
		}
		folded := len(r.Rows) == 0
		r.Partial = folded
		compareObject(&r.Rows, item, about.Inside(), r.Line, folded)
		if folded && len(r.Rows) == 0 && !r.fileLike {
			r.fromDescription(about.Inside())
		}
		return
	}
	r.compareScalar(item)
}

// compareScalar compares a plain value with its sample, which shows dates and fractions.
func (r *Row) compareScalar(sample *value) {
	r.decideNumber(asExamples(sample))
	if sample == nil || len(sample.scalar) == 0 {
		return
	}
	if sample.array {
		r.doubt("the sample is an object: which is right?")
		return
	}
	r.sample = sealingOf(sample)
	var text string
	isText := json.Unmarshal(sample.scalar, &text) == nil
	switch got := typeOfValue(sample); {
	case got == r.Type, got == "integer" && r.Type == "number":
	default:
		r.doubt("the sample is " + article(got) + ": which is right?")
	}
	text = strings.TrimSpace(text)
	if !isText || text == "" || !r.datable() {
		if isText && text != "" && len(r.Enum) > 0 && findValue(r.Enum, text) == nil &&
			r.Type == "string" {
			r.doubt("the sample has " + shown(text) + ": is it one of the values?")
		}
		return
	}
	switch f := dateFormat(text); {
	case r.Format == "" && (f == "date-time" || f == "date" && dateName(r.Name)):
		r.Format = f
		r.Limits.MinLength, r.Limits.MaxLength = 0, 0
	case r.Format != "" && f != r.Format:
		r.doubt("the sample is no " + r.Format + ": which is right?")
	}
}

// fromDescription adds the description's fields to an object without fields in list and sample.
func (r *Row) fromDescription(object *known.Object) {
	if object == nil {
		r.ask("which fields does it have?")
		return
	}
	for _, name := range slices.Sorted(maps.Keys(object.Fields)) {
		f := object.Fields[name]
		row := &Row{Line: r.Line, Name: name, Type: f.Type, Array: f.Array, Label: f.Label,
			Required: f.Required, Encoded: f.Encoded}
		if f.Object != nil {
			row.fromDescription(f.Object)
		}
		r.Rows = append(r.Rows, row)
	}
}

func article(typ string) string {
	if typ == "integer" || typ == "object" {
		return "an " + typ
	}
	return "a " + typ
}

// asExamples returns a number of a sample in the form that decideNumber expects.
func asExamples(v *value) []any {
	if v == nil || !v.isNumber() {
		return nil
	}
	return []any{json.Number(v.scalar)}
}

// inferred is a field that only the sample has.
func inferred(name string, sample *value, about *known.Field, line int) *Row {
	r := &Row{Line: line, Name: name, Unknown: about == nil}
	item := sample
	if sample != nil && sample.array && sample.keys == nil {
		r.Array, item = true, nil
		if len(sample.list) > 0 {
			item = sample.list[0]
		} else {
			r.doubt("what are its items?")
		}
	}
	r.Type = typeOfValue(item)
	if sample.isNull() {
		r.doubt("what is its type?")
	}
	if about != nil {
		r.Required, r.Label = about.Required, about.Label
	}
	return r
}
