package wxpay

import "strconv"

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

// afterAttempts ends a message of an error that was not the first.
func afterAttempts(n int) string {
	if n < 2 {
		return ""
	}
	return " (after " + strconv.Itoa(n) + " attempts)"
}
