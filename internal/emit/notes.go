package emit

import (
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/model"
)

// notes are facts for the caller that neither the name nor the type shows.
func (p *pkg) notes(t *model.Type, f *model.Field) string {
	var notes []string
	switch {
	case p.filled[f], f.In == model.InMeta && p.allFilled(f.Type.Ref):
		notes = append(notes, "filled in where empty")
	case p.role(t).request && f.Required:
		notes = append(notes, "required")
	}
	if p.role(t).request {
		notes = append(notes, choiceNotes(t, f)...)
		notes = append(notes, limitNotes(f.Type)...)
	}
	if f.Format == "date" {
		notes = append(notes, "YYYY-MM-DD")
	}
	return strings.Join(notes, ", ")
}

// choiceNotes are the notes about the choices of a field.
func choiceNotes(t *model.Type, f *model.Field) []string {
	var notes []string
	for _, c := range t.Choices {
		if i := slices.IndexFunc(c.Branches, func(b []*model.Field) bool {
			return slices.Contains(b, f)
		}); i >= 0 {
			notes = append(notes, choiceNote(c, i))
		}
	}
	return notes
}

// choiceNote is the note about a choice for the fields of its i-th branch.
func choiceNote(c *model.Choice, i int) string {
	branches := make([]string, len(c.Branches))
	for i, b := range c.Branches {
		names := make([]string, len(b))
		for j, f := range b {
			names[j] = f.Wire
		}
		branches[i] = strings.Join(names, " with ")
	}
	simple := len(c.Branches) == 2 && len(c.Branches[0])+len(c.Branches[1]) == 2
	switch {
	case simple && c.Exactly:
		return "either this or " + branches[1-i] + " is required"
	case simple:
		return "required unless " + branches[1-i] + " is set"
	case c.Exactly:
		return "exactly one of " + strings.Join(branches, ", ") + " is required"
	}
	return "one of " + strings.Join(branches, ", ") + " is required"
}

// limitNotes are the limits of a value and of its elements.
func limitNotes(ref *model.TypeRef) []string {
	var notes []string
	if note := limitNote(ref); note != "" {
		notes = append(notes, note)
	}
	if elem := ref.Elements(); elem != nil {
		if note := limitNote(elem); note != "" {
			notes = append(notes, "each "+note)
		}
	}
	return notes
}

func limitNote(ref *model.TypeRef) string {
	l := ref.Limits
	if l == nil {
		return ""
	}
	switch ref.Scalar() {
	case model.Int, model.Float:
		return span(l.Minimum, l.Maximum, "")
	case model.List:
		return span(positive(l.MinItems), positive(l.MaxItems), "item")
	}
	return textNote(ref, l)
}

// textNote is the length of a text, and its characters.
func textNote(ref *model.TypeRef, l *model.Limits) string {
	unit := "character"
	if l.Bytes {
		unit = "byte"
	}
	note := span(positive(l.MinLength), positive(l.MaxLength), unit)
	if note != "" && ref.Scalar() == model.Secret && !l.Clear {
		note += " encrypted"
	}
	switch {
	case l.Class != "":
		return join(" of ", note, l.Class)
	case l.Pattern != "":
		return join(", ", note, "matching "+l.Pattern)
	}
	return note
}

// positive spells a bound; 0 means none.
func positive(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// span spells a range: "6–32 characters", "at most 10 items".
func span(low, high, unit string) string {
	if unit != "" {
		unit = " " + unit
		if high != "1" && (high != "" || low != "1") {
			unit += "s"
		}
	}
	switch {
	case low == "" && high == "":
		return ""
	case low == high:
		return low + unit
	case high == "":
		return "at least " + low + unit
	case low == "":
		return "at most " + high + unit
	}
	return low + "–" + high + unit
}

// paramNote is the limits of a path parameter. Validate does not check them: the path is sent as it
// is.
func paramNote(p *model.Param) string {
	base := model.String
	switch {
	case p.Sensitive:
		base = model.Secret
	case p.Integer:
		base = model.Int
	}
	return limitNote(&model.TypeRef{Base: base, Limits: p.Limits})
}

const deprecated = "Deprecated: the description marks it so."
