package page

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/known"
)

// compare holds the list of an object's fields against the sample. What only the sample shows is
// taken from it: all fields of an object that was folded, and single ones that the list forgot.
// Where the two disagree, the row says so.
func compare(op *Operation, rows *[]*Row, sample *value, shape *known.Object) {
	compareObject(rows, sample, shape, op.Line, len(*rows) == 0)
}

// compareObject compares the fields of an object. Folded says that the list has none of them.
func compareObject(rows *[]*Row, sample *value, shape *known.Object, line int, folded bool) {
	for _, r := range *rows {
		compareRow(r, sample.field(r.Name), shape.Field(r.Name))
	}
	for _, name := range sample.names() {
		if findRow(*rows, name) == nil && isName(name) {
			r := inferred(name, sample.field(name), shape.Field(name), line)
			if !folded {
				r.doubt("only the sample has it: is it a field?")
			}
			compareRow(r, sample.field(name), shape.Field(name))
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
			r.Type, r.Doubt = typeOfValue(item), "" // the list does not tell what its items are
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
			r.fromShape(about.Inside())
		}
		return
	}
	r.compareScalar(item)
}

// compareScalar compares a plain value with its sample, which tells dates and fractions.
func (r *Row) compareScalar(sample *value) {
	r.settleNumber(exampleOf1(sample))
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

// fromShape gives an object that neither the list nor the sample takes apart the fields that the
// description has.
func (r *Row) fromShape(shape *known.Object) {
	if shape == nil {
		r.ask("which fields does it have?")
		return
	}
	for _, name := range slices.Sorted(maps.Keys(shape.Fields)) {
		f := shape.Fields[name]
		row := &Row{Line: r.Line, Name: name, Type: f.Type, Array: f.Array, Label: f.Label,
			Required: f.Required, Encoded: f.Encoded}
		if f.Object != nil {
			row.fromShape(f.Object)
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

// exampleOf1 is a sample as settleNumber takes it.
func exampleOf1(v *value) []any {
	if v == nil || !v.isNumber() {
		return nil
	}
	return []any{json.Number(v.scalar)}
}

func (v *value) isNull() bool { return v != nil && string(v.scalar) == "null" }
func (v *value) isList() bool { return v.array && v.keys == nil }

// typeOfValue is the type of what a sample shows.
func typeOfValue(v *value) string {
	switch {
	case v == nil || len(v.scalar) == 0 && !v.array:
		return "string"
	case v.array:
		return "object"
	case v.scalar[0] == 't' || v.scalar[0] == 'f':
		return "boolean"
	case v.isNumber() && strings.ContainsAny(string(v.scalar), ".eE"):
		return "number"
	case v.isNumber():
		return "integer"
	}
	return "string"
}

// inferred is a field that only the sample shows.
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
