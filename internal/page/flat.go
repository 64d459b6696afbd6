package page

// A flat is a row as it stands in the table, before the indents have made a tree of the rows.
type flat struct {
	*Row
	indent  int
	divided bool // a divider stands above it
	cipher  bool // by-aes-gcm
	opens   bool // its fields are said to follow
	after   bool // it stands right below a row that opens
	table   nesting
}

// nesting says whether a row stands in a table that holds the fields of an object.
type nesting int

func (r flat) holds() bool { return r.Type == "object" || r.Encoded || r.cipher }
