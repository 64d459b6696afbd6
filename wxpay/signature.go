package wxpay

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wxgen/wxgen/wxpay/internal/httptext"
)

// defaultSkew is how far the clocks of WeChat Pay and of this machine may differ.
const defaultSkew = 5 * time.Minute

// VerifyStep names the check that a reply or a notification did not pass.
type VerifyStep string

// The steps, in the order in which they are taken.
const (
	StepHeaders   VerifyStep = "headers"   // a Wechatpay-… header is missing, repeated or malformed
	StepTimestamp VerifyStep = "timestamp" // the signature is too old, or from the future
	// the serial is unknown, or its certificate out of validity
	StepKey       VerifyStep = "key"
	StepSignature VerifyStep = "signature" // the signature does not match the content
)

// VerifyError says that a reply or notification must not be believed. After a request the outcome
// is unknown: query it.
type VerifyError struct {
	Operation  string     // "payrollcard.PreOrderWithAuth"; empty for notifications
	Step       VerifyStep // the check that failed
	Serial     string     // of the key that the sender claims, if it named one
	StatusCode int        // of the reply; 0 for notifications
	RequestID  string     // of the reply
	Attempts   int        // how often the request was tried; 0 for notifications
	Err        error      // the reason
}

// Error names operation, step, reason, serial and request id.
func (e *VerifyError) Error() string {
	s := about(e.Operation) + fmt.Sprintf("not verified: %s: %v", e.Step, e.Err) +
		origins(e.Serial, "", 0, 0)
	if e.StatusCode != 0 {
		s += fmt.Sprintf(" (HTTP %d)", e.StatusCode)
	}
	if e.RequestID != "" {
		s += fmt.Sprintf(" (request id %.128q)", e.RequestID)
	}
	return s + origins("", "", 0, e.Attempts)
}

// Unwrap returns the reason.
func (e *VerifyError) Unwrap() error { return e.Err }

// Is reports whether target is [ErrOutcomeUnknown] for a reply, or [ErrRetryable] for a reply that
// was a probe.
func (e *VerifyError) Is(target error) bool {
	return e.StatusCode != 0 &&
		(target == ErrOutcomeUnknown || target == ErrRetryable && e.Err == ErrSignatureProbe)
}

// The headers that carry a signature, in canonical form.
const (
	headerSerial    = "Wechatpay-Serial"
	headerTimestamp = "Wechatpay-Timestamp"
	headerNonce     = "Wechatpay-Nonce"
	headerSignature = "Wechatpay-Signature"

	headerSignatureType = "Wechatpay-Signature-Type" // some replies lack it
)

// signed is a signature with the signed values, except the body.
type signed struct {
	serial, timestamp, nonce, signature string
}

// hasSignature reports whether h carries any part of a signature.
func hasSignature(h http.Header) bool {
	return len(h[headerSignature]) > 0 || len(h[headerTimestamp]) > 0 || len(h[headerNonce]) > 0
}

// readSigned reads the signature from h, whose names are canonical, and checks its time.
func readSigned(h http.Header, now time.Time, skew time.Duration) (signed, *VerifyError) {
	var s signed
	for _, f := range [...]struct {
		name string
		dst  *string
	}{{headerSerial, &s.serial}, {headerTimestamp, &s.timestamp}, {headerNonce, &s.nonce},
		{headerSignature, &s.signature}} {
		switch v := h[f.name]; {
		case len(v) == 0 || len(v) == 1 && v[0] == "":
			return s, s.fault(StepHeaders, errors.New(f.name+" is missing"))
		case len(v) > 1:
			return s, s.fault(StepHeaders, errors.New(f.name+" is repeated"))
		default:
			*f.dst = v[0]
		}
	}
	if !httptext.IsValue(s.nonce) || strings.Contains(s.nonce, "\t") {
		return s, s.fault(StepHeaders, errors.New(headerNonce+" holds control characters"))
	}
	if kinds := h[headerSignatureType]; len(kinds) > 1 || len(kinds) == 1 &&
		kinds[0] != merchantScheme && kinds[0] != brandScheme {
		return s, s.fault(StepHeaders, fmt.Errorf("%s is %.64q; want %s", headerSignatureType,
			strings.Join(kinds, ", "), merchantScheme))
	}
	// 40 bits last for 34,000 years, and cannot overflow below
	unix, err := strconv.ParseUint(s.timestamp, 10, 40)
	if err != nil {
		return s, s.fault(StepHeaders, errors.New(headerTimestamp+" is no number of seconds"))
	}
	if d := now.Sub(time.Unix(int64(unix), 0)); d > skew || d < -skew {
		return s, s.fault(StepTimestamp, skewError(d))
	}
	return s, nil
}

// skewError says whether the signature is too old or from the future.
func skewError(d time.Duration) error {
	if d > 0 {
		return fmt.Errorf("signed %v ago; check this machine's clock, or a replay",
			d.Round(time.Second))
	}
	return fmt.Errorf("signed %v in the future; check this machine's clock", -d.Round(time.Second))
}

func (s *signed) fault(step VerifyStep, err error) *VerifyError {
	return &VerifyError{Step: step, Serial: s.serial, Err: err}
}

// appendHead appends the part of the signed message before the body.
func (s *signed) appendHead(b []byte) []byte {
	b = append(append(b, s.timestamp...), '\n')
	return append(append(b, s.nonce...), '\n')
}

// The two schemes differ in name only: both are SHA-256 with RSA, PKCS #1 v1.5.
const (
	merchantScheme = "WECHATPAY2-SHA256-RSA2048"
	brandScheme    = "WECHATPAY-BRAND-SHA256-RSA2048"
)

// ErrSignatureProbe says that WeChat Pay sent a wrong signature on purpose, to check that it is
// refused. It was refused, so there is nothing to mend.
var ErrSignatureProbe = errors.New("a probe of WeChat Pay, signed wrongly on purpose")

// probePrefix marks the signature of a probe.
const probePrefix = "WECHATPAY/SIGNTEST/"

const headerRequestID = "Request-Id"

func (e *VerifyError) count(n int) { e.Attempts = n }
