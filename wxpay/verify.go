package wxpay

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wxgen/wxgen/wxpay/internal/httptext"
	"github.com/wxgen/wxgen/wxpay/internal/keyfile"
)

// defaultSkew is how far the clocks of WeChat Pay and of this machine may differ.
const defaultSkew = 5 * time.Minute

// VerifyStep names the check that a reply or a notification did not pass.
type VerifyStep string

// The steps, in the order in which they are taken.
const (
	StepHeaders   VerifyStep = "headers"   // a Wechatpay-… header is missing, repeated or malformed
	StepTimestamp VerifyStep = "timestamp" // the signature is too old, or from the future
	StepKey       VerifyStep = "key"       // the serial is unknown, or its certificate out of validity
	StepSignature VerifyStep = "signature" // the signature does not match the content
)

// VerifyError says that something claiming to come from WeChat Pay must not be believed. After a request it means that the
// outcome is unknown: query it.
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
	s := about(e.Operation) + fmt.Sprintf("not verified: %s: %v", e.Step, e.Err) + origins(e.Serial, "", 0, 0)
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

// Is reports whether target is a class of a reply that must not be believed: [ErrOutcomeUnknown], and [ErrRetryable] if it was a probe.
func (e *VerifyError) Is(target error) bool {
	return e.StatusCode != 0 && (target == ErrOutcomeUnknown || target == ErrRetryable && e.Err == ErrSignatureProbe)
}

// The headers that carry a signature, in canonical form.
const (
	headerSerial    = "Wechatpay-Serial"
	headerTimestamp = "Wechatpay-Timestamp"
	headerNonce     = "Wechatpay-Nonce"
	headerSignature = "Wechatpay-Signature"

	headerSignatureType = "Wechatpay-Signature-Type" // not always there
)

// signed is a signature with what it was made over, except the body.
type signed struct {
	serial, timestamp, nonce, signature string
}

// hasSignature reports whether h carries any part of a signature.
func hasSignature(h http.Header) bool {
	return len(h[headerSignature]) > 0 || len(h[headerTimestamp]) > 0 || len(h[headerNonce]) > 0
}

// readSigned takes the signature out of h, whose names are canonical, and checks its time.
func readSigned(h http.Header, now time.Time, skew time.Duration) (signed, *VerifyError) {
	var s signed
	for _, f := range [...]struct {
		name string
		dst  *string
	}{{headerSerial, &s.serial}, {headerTimestamp, &s.timestamp}, {headerNonce, &s.nonce}, {headerSignature, &s.signature}} {
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
	if kinds := h[headerSignatureType]; len(kinds) > 1 || len(kinds) == 1 && kinds[0] != merchantScheme && kinds[0] != brandScheme {
		return s, s.fault(StepHeaders, fmt.Errorf("%s is %.64q; want %s", headerSignatureType, strings.Join(kinds, ", "), merchantScheme))
	}
	unix, err := strconv.ParseUint(s.timestamp, 10, 40) // 40 bits last for 34,000 years, and cannot overflow below
	if err != nil {
		return s, s.fault(StepHeaders, errors.New(headerTimestamp+" is no number of seconds"))
	}
	if d := now.Sub(time.Unix(int64(unix), 0)); d > skew || d < -skew {
		return s, s.fault(StepTimestamp, skewError(d))
	}
	return s, nil
}

// skewError tells which way the clocks differ.
func skewError(d time.Duration) error {
	if d > 0 {
		return fmt.Errorf("signed %v ago; check this machine's clock, or a replay", d.Round(time.Second))
	}
	return fmt.Errorf("signed %v in the future; check this machine's clock", -d.Round(time.Second))
}

func (s *signed) fault(step VerifyStep, err error) *VerifyError {
	return &VerifyError{Step: step, Serial: s.serial, Err: err}
}

// appendHead appends what precedes the body in the signed message.
func (s *signed) appendHead(b []byte) []byte {
	b = append(append(b, s.timestamp...), '\n')
	return append(append(b, s.nonce...), '\n')
}

// verify checks the signature over message: timestamp, nonce and body, each followed by a line feed.
func (c *Client) verify(ctx context.Context, s *signed, message []byte) *VerifyError {
	return c.verifyDigest(ctx, s, sha256.Sum256(message))
}

// verifyDigest downloads certificates, if the client does that, for a serial that it does not know.
func (c *Client) verifyDigest(ctx context.Context, s *signed, digest [sha256.Size]byte) *VerifyError {
	fault := c.verifyKnown(s, digest)
	if fault == nil || c.certificates == nil || fault.Err != ErrUnknownSerial {
		return fault
	}
	err := c.certificates.refreshUnknown(ctx)
	// An error may be about other certificates than the one that is needed.
	if fault = c.verifyKnown(s, digest); fault != nil && fault.Err == ErrUnknownSerial && err != nil {
		fault.Err = fmt.Errorf("%w; %w", ErrUnknownSerial, err)
	}
	return fault
}

// verifyKnown uses the keys on the ring.
func (c *Client) verifyKnown(s *signed, digest [sha256.Size]byte) *VerifyError {
	key, fault := c.keyOf(s)
	if fault != nil {
		return fault
	}
	if err := key.verify(digest, s.signature); err != nil {
		return s.fault(StepSignature, err)
	}
	return nil
}

func (c *Client) keyOf(s *signed) (*platformKey, *VerifyError) {
	if strings.HasPrefix(s.signature, probePrefix) {
		return nil, s.fault(StepSignature, ErrSignatureProbe)
	}
	key, err := c.keys.verifier(s.serial, c.now)
	if err != nil {
		return nil, s.fault(StepKey, err)
	}
	return key, nil
}

// foresee tells what is wrong with a signature whatever was signed. An unknown serial may become known, if the client downloads
// certificates.
func (c *Client) foresee(s *signed) *VerifyError {
	key, fault := c.keyOf(s)
	if fault != nil {
		if fault.Err == ErrUnknownSerial && c.certificates != nil {
			return nil
		}
		return fault
	}
	var buf maxSignature
	if _, err := key.decode(&buf, s.signature); err != nil {
		return s.fault(StepSignature, err)
	}
	return nil
}

var (
	errSignatureText = errors.New("the signature is not base64 of the key's size")
	errSignature     = errors.New("the signature does not match the content")
)

// maxSignature has room for the signature of the longest key, and for what base64 rounds up.
type maxSignature [keyfile.MaxBits/8 + 2]byte

func (k *platformKey) verify(digest [sha256.Size]byte, signature string) error {
	var buf maxSignature
	sig, err := k.decode(&buf, signature)
	if err != nil {
		return err
	}
	if rsa.VerifyPKCS1v15(k.pub, crypto.SHA256, digest[:], sig) != nil {
		return errSignature
	}
	return nil
}

func (k *platformKey) decode(buf *maxSignature, signature string) ([]byte, error) {
	if base64.StdEncoding.DecodedLen(len(signature)) > len(buf) {
		return nil, errSignatureText
	}
	n, err := base64.StdEncoding.Decode(buf[:], []byte(signature))
	if err != nil || n != k.pub.Size() {
		return nil, errSignatureText
	}
	return buf[:n], nil
}
