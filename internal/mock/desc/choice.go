package desc

import "strings"

// Choice says that of several branches of fields one must be set, all of it.
type Choice struct {
	Branches [][]string `json:"b"`
	Exactly  bool       `json:"x,omitempty"` // and no other
}

// String is the choice for people: "transaction_id or out_trade_no".
func (c Choice) String() string {
	var parts []string
	for _, b := range c.Branches {
		parts = append(parts, strings.Join(b, "+"))
	}
	return strings.Join(parts, " or ")
}
