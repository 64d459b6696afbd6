package page

import (
	"slices"
)

// envelope is how deep the fields around a notification's resource stand.
var envelope = map[string]int{
	"headers": 0, "body": 0,
	"id": 1, "create_time": 1, "event_type": 1, "resource_type": 1, "summary": 1, "resource": 1,
	"original_type": 2, "algorithm": 2, "associated_data": 2, "nonce": 2, "ciphertext": 2,
}

// envelopeField reports whether a field belongs to what is sealed another way: the ciphertext of a
// notification or certificate.
func envelopeField(name string) bool {
	return slices.Contains([]string{"algorithm", "nonce", "associated_data", "ciphertext",
		"original_type"}, name)
}
