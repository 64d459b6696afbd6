package desc

import "strings"

// Choice is a rule on fields: all fields of at least one branch must be set.
type Choice struct {
	Branches [][]string `json:"b"`
	Exactly  bool       `json:"x,omitempty"` // of one branch only
}

// String is the choice in words: "transaction_id or out_trade_no".
func (c Choice) String() string {
	var parts []string
	for _, b := range c.Branches {
		parts = append(parts, strings.Join(b, "+"))
	}
	return strings.Join(parts, " or ")
}
