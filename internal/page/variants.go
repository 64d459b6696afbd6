package page

// merge makes one field of all variants of it on a page. A field that some variants lack, or do not
// require, is optional.
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

// unite adds another variant of the field.
func (r *Row) unite(other *Row, faults *faultList) {
	if r.Type != other.Type || r.Array != other.Array {
		if r.Unplaced || other.Unplaced { // one of the two belongs elsewhere
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
