package notice

import "github.com/wxgen/wxgen/internal/mock/keys"

// Notification describes a notification to make.
type Notification struct {
	Event    string
	Account  *keys.Account
	URL      string
	Resource map[string]any // known fields; the rest is made up
	Sparse   bool           // leave out unknown fields
	Object   int64          // its object; 0 means none
}
