package wxpay

import (
	"fmt"
	"strconv"
	"strings"
)

// origins ends a message with the key that signed, the request, and the number of attempts if there
// were several.
func origins(serial, requestID string, reason Reason, attempts int) (s string) {
	if serial != "" {
		s = fmt.Sprintf(" (serial %.64q)", serial)
	}
	if requestID != "" {
		s += " (request id " + oneLine(requestID) + reason.explain() + ")"
	}
	if attempts > 1 {
		s += fmt.Sprintf(" (after %d attempts)", attempts)
	}
	return s
}

// about begins a message with its operation, if there is one.
func about(operation string) string {
	if operation == "" {
		return "wxpay: "
	}
	return "wxpay: " + operation + ": "
}

// maxErrorText bounds the text of a reply that a message quotes.
const maxErrorText = 512

// oneLine makes text from a reply safe to log: it bounds the text and removes characters that could
// forge a line, steer a terminal, or turn the direction of writing.
func oneLine(s string) string {
	if len(s) > maxErrorText {
		s = strings.ToValidUTF8(s[:maxErrorText], "") + "…"
	}
	return strings.Map(func(r rune) rune {
		if strconv.IsPrint(r) {
			return r
		}
		return ' '
	}, s)
}
