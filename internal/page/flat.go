package page

// A flat is a row of the table, before the rows become a tree.
type flat struct {
	*Row
	indent  int
	divided bool // a divider precedes it
	cipher  bool // by-aes-gcm
	opens   bool // its text announces its fields
	after   bool // it is right below a row that opens
	table   nesting
}

// nesting says whether a row is in a table of an object's fields.
type nesting int

func (r flat) holds() bool { return r.Type == "object" || r.Encoded || r.cipher }
