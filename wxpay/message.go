package wxpay

import "fmt"

// counted notes in the error of attempt n how many there were.
func counted(err error, n int) error {
	switch e := err.(type) {
	case *Error:
		e.Attempts = n
	case *VerifyError:
		e.Attempts = n
	case *DecodeError:
		e.Attempts = n
	case *BodySizeError:
		e.Attempts = n
	case *DownloadError:
		e.Attempts = n
	case *SignError:
		e.Attempts = n
	case *CertificateError:
		e.Attempts = n
	}
	return err
}

// origins ends a message with where the error comes from: the key that signed, the request, and how many attempts there were, if there were
// several.
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

// about begins a message with the operation that it is about, if there is one.
func about(operation string) string {
	if operation == "" {
		return "wxpay: "
	}
	return "wxpay: " + operation + ": "
}
