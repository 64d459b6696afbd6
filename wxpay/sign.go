package wxpay

import (
	"cmp"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
)

// authorize makes the Authorization header of one attempt: a fresh nonce, timestamp and signature.
func (p *prepared) authorize(s *scratch) (string, error) {
	if _, err := rand.Read(s.random[:]); err != nil {
		return "", err
	}
	hex.Encode(s.nonce[:], s.random[:])
	now := p.c.now().Unix()

	b := append(append(s.text[:0], p.call.Method...), '\n')
	b = append(b, cmp.Or(p.rawPath, p.path)...)
	if p.query != "" {
		b = append(append(b, '?'), p.query...)
	}
	b = strconv.AppendInt(append(b, '\n'), now, 10)
	b = append(append(b, '\n'), s.nonce[:]...)
	b = append(append(append(b, '\n'), p.signed...), '\n')
	s.text = b
	s.digest = sha256.Sum256(b)
	signature, err := p.c.private.Load().key.Sign(rand.Reader, s.digest[:], crypto.SHA256)
	if err != nil {
		return "", err
	}

	var buf [1024]byte
	h := append(append(append(buf[:0], p.c.credentials...), s.nonce[:]...), `",timestamp="`...)
	h = append(strconv.AppendInt(h, now, 10), `",serial_no="`...)
	h = append(append(h, p.c.serialNo...), `",signature="`...)
	h = append(base64.StdEncoding.AppendEncode(h, signature), '"')
	return string(h), nil
}

// SignError says that Config.PrivateKey failed to sign, as an HSM or a KMS may. This attempt was
// not sent.
type SignError struct {
	Operation string
	Attempts  int   // how often the request was tried, this time included
	MaybeSent bool  // an earlier attempt may have reached WeChat Pay and taken effect
	Err       error // from the signer
}

// Error names operation and cause.
func (e *SignError) Error() string {
	s := "wxpay: " + e.Operation + ": Config.PrivateKey does not sign: " + e.Err.Error()
	if e.MaybeSent {
		s += " (an earlier attempt may have been sent)"
	}
	return s + origins("", "", 0, e.Attempts)
}

// Is reports whether target is [ErrOutcomeUnknown].
func (e *SignError) Is(target error) bool { return target == ErrOutcomeUnknown && e.MaybeSent }

// Unwrap returns the signer's error.
func (e *SignError) Unwrap() error { return e.Err }

func (e *SignError) count(n int) { e.Attempts = n }
