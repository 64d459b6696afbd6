package page

import (
	"slices"
)

// envelope is the depth of the fields around a notification's resource.
var envelope = map[string]int{
	"headers": 0, "body": 0,
	"id": 1, "create_time": 1, "event_type": 1, "resource_type": 1, "summary": 1, "resource": 1,
	"original_type": 2, "algorithm": 2, "associated_data": 2, "nonce": 2, "ciphertext": 2,
}

// envelopeField reports whether a field belongs to the encryption of a notification or a
// certificate.
func envelopeField(name string) bool {
	return slices.Contains([]string{"algorithm", "nonce", "associated_data", "ciphertext",
		"original_type"}, name)
}
