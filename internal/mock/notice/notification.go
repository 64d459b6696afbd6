package notice

import "github.com/wxgen/wxgen/internal/mock/keys"

// Notification is what is to be told.
type Notification struct {
	Event    string
	Account  *keys.Account
	URL      string
	Resource map[string]any // what is known of it; the rest is made up
	Sparse   bool           // fields that are not known are left out
	Object   int64          // that it is about; 0 is none
}
