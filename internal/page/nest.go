package page

// A tree turns rows with indents into rows within rows.
type tree struct {
	faults *faultList
	form   bool // rows of a multipart body: its meta part has fields although it is a string
	rows   []flat
	top    []*Row
	open   []int // indexes of the rows that the next row may belong to
}

// nest makes a tree of rows: each belongs to the nearest one above with a smaller indent. Base is
// the indent of the outermost rows. Rows with a smaller indent are outermost, too.
func nest(rows []flat, base int, form bool, faults *faultList) []*Row {
	t := &tree{faults: faults, form: form, rows: rows}
	for i := range rows {
		rows[i].indent = max(rows[i].indent-base, 0)
		t.insert(i)
	}
	return t.top
}

func (t *tree) insert(i int) {
	r := t.rows[i]
	for len(t.open) > 0 && t.rows[t.open[len(t.open)-1]].indent >= r.indent {
		t.open = t.open[:len(t.open)-1]
	}
	switch {
	case r.indent == 0:
		t.top = append(t.top, r.Row)
	case len(t.open) == 0:
		t.faults.add(r.Line, "indent it less, or give the row above it that holds it",
			"%s is indented under nothing", r.Name)
		return
	default:
		h := t.holder(i)
		if h < 0 {
			above := t.rows[t.open[len(t.open)-1]]
			t.faults.add(r.Line, "indent it less, or make what holds it an object",
				"%s is indented under %s, and a %s has no fields", r.Name, above.Name, above.Type)
			return
		}
		t.rows[h].Rows = append(t.rows[h].Rows, r.Row)
	}
	t.open = append(t.open, i)
}

// holder returns the row that row i belongs to, or -1.
func (t *tree) holder(i int) int {
	last := len(t.open) - 1
	above := t.open[last]
	p := t.rows[above]
	if p.holds() || t.form && p.Name == "meta" || len(p.Rows) > 0 {
		return above
	}
	if t.rows[i].divided && p.Type == "string" {
		// the divider says that the string has fields inside
		t.rows[above].Encoded = !t.form
		return above
	}
	return t.adopt(last)
}

// adopt mends a wrong indent: a scalar with fields behind it, right below an object without fields,
// becomes the object's first field, followed by those fields.
func (t *tree) adopt(last int) int {
	above := t.open[last]
	siblings := &t.top
	if last > 0 {
		siblings = &t.rows[t.open[last-1]].Rows
	}
	if above == 0 || !t.rows[above-1].holds() || len(t.rows[above-1].Rows) > 0 ||
		len(*siblings) < 2 ||
		(*siblings)[len(*siblings)-2] != t.rows[above-1].Row {
		return -1
	}
	*siblings = (*siblings)[:len(*siblings)-1]
	t.rows[above-1].Rows = []*Row{t.rows[above].Row}
	t.open[last] = above - 1
	return above - 1
}
