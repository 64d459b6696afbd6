package wxpay

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"
)

// receive reads and checks a whole reply.
func (a *attempt) receive(ctx context.Context, resp *http.Response) error {
	s := a.p.c.borrow()
	defer a.p.c.giveBack(s)
	var sig signed
	var fault *VerifyError
	if !a.p.unsigned() || hasSignature(resp.Header) {
		sig, fault = readSigned(resp.Header, a.p.c.now(), a.p.c.skew)
	}
	s.text = sig.appendHead(s.text[:0])
	head := len(s.text)
	tooLarge, err := s.read(resp.Body, resp.ContentLength, a.p.maxBody())
	body := s.text[head:]
	if err != nil {
		return a.cutOff(ctx, resp, err)
	}
	if a.p.opts != nil && a.p.opts.raw != nil {
		*a.p.opts.raw = RawResponse{resp.StatusCode, resp.Header, bytes.Clone(body)}
	}
	if !tooLarge {
		s.text = append(s.text, '\n')
	}
	if resp.StatusCode/100 != 2 {
		return a.errorReply(ctx, resp, &sig, fault, s.text, body, tooLarge)
	}
	if tooLarge {
		return &BodySizeError{Operation: a.p.call.Name, Limit: a.p.maxBody(), Serial: sig.serial,
			RequestID: resp.Header.Get(headerRequestID)}
	}
	if !a.p.unsigned() || hasSignature(resp.Header) && !a.p.exempt {
		if fault == nil {
			fault = a.p.c.verify(ctx, &sig, s.text)
		}
		if fault != nil {
			return a.identify(fault, resp)
		}
	}
	return a.result(resp, body)
}

// errorReply verifies an error reply that has a signature. Gateways in front of WeChat Pay do not
// sign.
func (a *attempt) errorReply(ctx context.Context, resp *http.Response, sig *signed,
	fault *VerifyError, message, body []byte, tooLarge bool) error {
	e := newError(&a.p.call, resp, body)
	e.inDoubt = a.fate.inDoubt
	if tooLarge || !hasSignature(resp.Header) {
		return e
	}
	switch {
	case fault != nil:
	case a.p.exempt: // a download of certificates must not wait for itself
		fault = a.p.c.verifyKnown(sig, sha256.Sum256(message))
	default:
		fault = a.p.c.verify(ctx, sig, message)
	}
	if e.Verified = fault == nil; !e.Verified {
		e.Verification = a.identify(fault, resp)
	}
	return e
}

func (a *attempt) identify(fault *VerifyError, resp *http.Response) *VerifyError {
	if note := packed(resp); note != nil && fault.Err == errSignature {
		fault.Err = fmt.Errorf("%w; %w", fault.Err, note)
	}
	fault.Operation, fault.StatusCode, fault.RequestID = a.p.call.Name, resp.StatusCode,
		resp.Header.Get(headerRequestID)
	return fault
}

// packed returns an error if a reply is still compressed: its signature is over the unpacked body.
func packed(resp *http.Response) error {
	encoding := resp.Header.Get("Content-Encoding")
	if encoding == "" || resp.Uncompressed || strings.EqualFold(encoding, "identity") {
		return nil
	}
	return fmt.Errorf("the reply is compressed (Content-Encoding %.32q), and the HTTP transport "+
		"does not unpack it;"+
		" leave DisableCompression and Accept-Encoding alone", encoding)
}

// result decodes a verified reply, and opens its secrets.
func (a *attempt) result(resp *http.Response, body []byte) error {
	if e := a.disguised(resp, body); e != nil {
		return e
	}
	if a.p.out == nil {
		return nil
	}
	fault := decodeBody(body, a.p.out)
	if a.p.call.Open != nil {
		if faults := a.p.c.openSecrets(a.p.call.Open); len(faults) > 0 {
			if fault == nil {
				fault = new(DecodeError)
			}
			fault.Fields = append(fault.Fields, faults...)
		}
	}
	if fault == nil {
		return nil
	}
	if note := packed(resp); note != nil && fault.Err != nil {
		fault.Err = fmt.Errorf("%w; %w", fault.Err, note)
	}
	fault.Operation, fault.RequestID = a.p.call.Name, resp.Header.Get(headerRequestID)
	if !a.p.unsigned() {
		fault.Serial = resp.Header.Get(headerSerial)
	}
	return fault
}
