package page

// A tree makes rows with indents into rows within rows.
type tree struct {
	faults *faultList
	form   bool // the rows of a multipart body: its meta part has fields though it is a string
	rows   []flat
	top    []*Row
	open   []int // indexes into rows of those that the next row may belong to
}

// nest makes a tree of rows: each belongs to the nearest one above with a smaller indent. base is
// the indent of the outermost; rows indented less than that belong to them as well.
func nest(rows []flat, base int, form bool, faults *faultList) []*Row {
	t := &tree{faults: faults, form: form, rows: rows}
	for i := range rows {
		rows[i].indent = max(rows[i].indent-base, 0)
		t.place(i)
	}
	return t.top
}

func (t *tree) place(i int) {
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
		// the divider says that there is something inside the string
		t.rows[above].Encoded = !t.form
		return above
	}
	return t.adopt(last)
}

func (r flat) holds() bool { return r.Type == "object" || r.Encoded || r.cipher }

// adopt mends a slip: a scalar with fields behind it, right below an object that has none, belongs
// to the object as they do.
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

// merge makes one field of those that a page shows in several variants: what only some variants
// have, or only some require, is optional.
func merge(rows []*Row, faults *faultList) []*Row {
	var out []*Row
	byName := make(map[string]*Row, len(rows))
	for _, r := range rows {
		r.Rows = merge(r.Rows, faults)
		if first := byName[r.Name]; first != nil {
			first.unite(r, faults)
			continue
		}
		byName[r.Name] = r
		out = append(out, r)
	}
	return out
}

// unite takes another variant of the same field in.
func (r *Row) unite(other *Row, faults *faultList) {
	if r.Type != other.Type || r.Array != other.Array {
		if r.Adrift || other.Adrift { // one of the two stands elsewhere
			r.ask("it stands here twice: which object does the other one belong to?")
			return
		}
		faults.add(other.Line, "make the two rows agree, or take one out",
			"%s is %s here and %s in line %d", r.Name, other.spelled(), r.spelled(), r.Line)
		return
	}
	r.Required = r.Required && other.Required
	r.Encrypted = r.Encrypted || other.Encrypted
	r.Encoded = r.Encoded || other.Encoded
	r.Enum = unique(append(r.Enum, other.Enum...))
	r.Rows = uniteRows(r.Rows, other.Rows, faults)
}

// uniteRows makes one list of the fields of two variants.
func uniteRows(a, b []*Row, faults *faultList) []*Row {
	others := make(map[string]*Row, len(b))
	for _, r := range b {
		others[r.Name] = r
	}
	for _, r := range a {
		other := others[r.Name]
		if other == nil {
			r.Required = false
			continue
		}
		r.unite(other, faults)
		delete(others, r.Name)
	}
	for _, r := range b {
		if others[r.Name] != nil {
			r.Required = false
			a = append(a, r)
		}
	}
	return a
}

func (r *Row) spelled() string {
	if r.Array {
		return r.Type + "[]"
	}
	return r.Type
}

func findRow(rows []*Row, name string) *Row {
	for _, r := range rows {
		if r.Name == name {
			return r
		}
	}
	return nil
}
