package wxpay

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/wxpay/internal/keyfile"
)

// verify checks the signature over message: timestamp, nonce and body, each followed by a line
// feed.
func (c *Client) verify(ctx context.Context, s *signed, message []byte) *VerifyError {
	return c.verifyDigest(ctx, s, sha256.Sum256(message))
}

// verifyDigest downloads certificates for an unknown serial, if the client may.
func (c *Client) verifyDigest(ctx context.Context, s *signed,
	digest [sha256.Size]byte) *VerifyError {
	fault := c.verifyKnown(s, digest)
	if fault == nil || c.certificates == nil || fault.Err != ErrUnknownSerial {
		return fault
	}
	err := c.certificates.refreshUnknown(ctx)
	// The error may be about other certificates than the needed one.
	if fault = c.verifyKnown(s, digest); fault != nil && fault.Err == ErrUnknownSerial &&
		err != nil {
		fault.Err = fmt.Errorf("%w; %w", ErrUnknownSerial, err)
	}
	return fault
}

// verifyKnown uses the keys on the ring alone.
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

// foresee finds the faults of a signature that do not depend on the signed content. It accepts an
// unknown serial if the client may download certificates.
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

// maxSignature has room for the signature of the longest key, base64's rounding included.
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
