package wxpay

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
)

// TransportError says that no whole reply arrived: no connection, a timeout, a connection cut off,
// the end of the context.
type TransportError struct {
	Operation  string
	Method     string
	Path       string // the template; never its values
	Host       string // of the last attempt
	Attempts   int    // how often the request was tried; 0 if it never got past a limit
	StatusCode int    // if the reply was cut off after its header
	// MaybeSent reports whether this or an earlier attempt may have reached WeChat Pay and taken
	// effect: query the outcome before you start anew under another number.
	MaybeSent bool
	Err       error // the cause: context.DeadlineExceeded, a *net.OpError …
}

// Error names operation, path template, host and cause; never the URL.
func (e *TransportError) Error() string {
	s := fmt.Sprintf("wxpay: %s: %s %s: %s", e.Operation, e.Method, e.Path, e.Host)
	if e.StatusCode != 0 {
		s += fmt.Sprintf(": HTTP %d, body cut off", e.StatusCode)
	}
	// net/http quotes text of the server
	s += ": " + oneLine(e.Err.Error()) + origins("", "", 0, e.Attempts)
	if !e.MaybeSent {
		s += " (not sent)"
	}
	return s
}

// Unwrap returns the cause, as context.DeadlineExceeded or a *net.OpError.
func (e *TransportError) Unwrap() error { return e.Err }

// Is reports whether target is a class of e: [ErrRetryable] unless the context was cancelled, or
// [ErrOutcomeUnknown] if MaybeSent.
func (e *TransportError) Is(target error) bool {
	switch target {
	case ErrRetryable:
		return !errors.Is(e.Err, context.Canceled)
	case ErrOutcomeUnknown:
		return e.MaybeSent
	}
	return false
}

// withoutURL strips the wrapper of net/http that quotes the URL, since its path and query may be
// personal data.
func withoutURL(err error) error {
	for {
		u, ok := errors.AsType[*url.Error](err)
		if !ok {
			return err
		}
		err = u.Err
	}
}

// notConnected reports whether connecting failed, so that nothing was sent. Another host may do
// better.
func notConnected(err error) bool {
	if op, ok := errors.AsType[*net.OpError](err); ok &&
		(op.Op == "dial" || op.Op == "proxyconnect") {
		return true
	}
	_, ok := errors.AsType[*net.DNSError](err)
	return ok
}

// isDistrust reports whether the server's certificate is not valid, so that nothing was sent.
// Another host would do no better.
func isDistrust(err error) bool {
	_, ok := errors.AsType[*tls.CertificateVerificationError](err)
	return ok
}

// errNoResponse is the fault of a caller's http.RoundTripper.
var errNoResponse = errors.New("the HTTP transport returned neither a response nor an error")

// errAttemptTimeout is a context.DeadlineExceeded that names its limit.
var errAttemptTimeout error = timeoutError{}

type timeoutError struct{}

func (timeoutError) Error() string { return "no whole reply within the limit of WithTimeout" }

// Timeout reports true, for callers that ask by this method.
func (timeoutError) Timeout() bool { return true }

func (timeoutError) Is(target error) bool { return target == context.DeadlineExceeded }

// BodySizeError says that a reply is larger than the client accepts. After a request that changes
// something the outcome is unknown: query it.
type BodySizeError struct {
	Operation string
	Limit     int64 // bytes
	// of the key that the unverified reply names
	Serial    string
	RequestID string
	Attempts  int // how often the request was tried
}

// Error names operation and limit.
func (e *BodySizeError) Error() string {
	s := fmt.Sprintf("wxpay: %s: reply is larger than %d bytes; WithMaxBody raises the limit",
		e.Operation, e.Limit)
	return s + origins(e.Serial, e.RequestID, 0, e.Attempts)
}

// Is reports whether target is [ErrOutcomeUnknown].
func (e *BodySizeError) Is(target error) bool { return target == ErrOutcomeUnknown }

func (e *BodySizeError) count(n int) { e.Attempts = n }
