package wxpay

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// run attempts the exchange until it succeeds, or must not be tried again.
func (x *exchange) run(ctx context.Context) error {
	if !x.exempt {
		release, err := x.c.admit(ctx)
		if err != nil {
			return x.transportFault(err, 0, false)
		}
		defer release()
	}
	for n := 1; ; n++ {
		err := x.observed(ctx, n)
		if err == nil || ctx.Err() != nil {
			return err
		}
		x.inDoubt = x.inDoubt || x.call.Method != http.MethodGet && errors.Is(err, ErrOutcomeUnknown)
		if x.failOver(err) {
			continue
		}
		delay, again := x.retryIn(err, n)
		if !again || !sleep(ctx, delay) {
			return err
		}
	}
}

// attempt signs, sends, reads, verifies and decodes once.
func (x *exchange) attempt(ctx context.Context, n int, seen *Outcome) error {
	whole := ctx
	ctx, stop, timer := x.limit(whole)
	defer stop()
	req, out, err := x.request(ctx)
	if err != nil {
		return err
	}
	resp, err := x.c.send(req)
	if err != nil {
		unsent := out.unsent(err)
		x.unsent = unsent && !distrusted(err)
		x.unreached = x.unsent && (notConnected(err) || !x.c.pooled())
		return x.transportFault(causeOf(ctx, withoutURL(err)), n, !unsent)
	}
	x.unsent, x.unreached = false, false
	defer resp.Body.Close()
	seen.StatusCode, seen.RequestID = resp.StatusCode, resp.Header.Get(headerRequestID)
	if resp.StatusCode < 200 {
		return x.interim(resp)
	}
	defer x.c.closeAfter(ctx, whole, resp.Body)()
	if x.dst != nil && resp.StatusCode/100 == 2 {
		if resp.StatusCode != http.StatusOK {
			return &DownloadError{Operation: x.call.Name, RequestID: seen.RequestID, Err: fmt.Errorf("HTTP %d is no whole file", resp.StatusCode)}
		}
		return x.deliver(ctx, resp, n, timer)
	}
	if err := x.receive(ctx, resp, n); err != nil || x.judge == nil {
		return err
	}
	return x.judge()
}

// interim refuses a status below 200, which is no reply yet, with its body unread: that of a 101 is the bare connection, and neither
// context nor timeout ends a read of it.
func (x *exchange) interim(resp *http.Response) *Error {
	if x.opts != nil && x.opts.raw != nil {
		*x.opts.raw = RawResponse{StatusCode: resp.StatusCode, Header: resp.Header}
	}
	e := newError(&x.call, resp, nil)
	e.inDoubt = x.inDoubt
	return e
}

func (x *exchange) transportFault(err error, n int, sent bool) *TransportError {
	return &TransportError{
		Operation: x.call.Name, Method: x.call.Method, Path: x.call.Path, Host: x.origin.host,
		Attempts: n, MaybeSent: sent || x.inDoubt, Err: err,
	}
}

// receive reads a whole reply and judges it.
func (x *exchange) receive(ctx context.Context, resp *http.Response, n int) error {
	s := x.c.borrow()
	defer x.c.giveBack(s)
	var sig signed
	var fault *VerifyError
	if !x.unsigned() || hasSignature(resp.Header) {
		sig, fault = readSigned(resp.Header, x.c.now(), x.c.skew)
	}
	s.text = sig.appendHead(s.text[:0])
	head := len(s.text)
	tooLarge, err := s.read(resp.Body, resp.ContentLength, x.maxBody())
	body := s.text[head:]
	if err != nil {
		t := x.transportFault(causeOf(ctx, withoutURL(err)), n, true)
		t.StatusCode = resp.StatusCode
		return t
	}
	if x.opts != nil && x.opts.raw != nil {
		*x.opts.raw = RawResponse{resp.StatusCode, resp.Header, bytes.Clone(body)}
	}
	if !tooLarge {
		s.text = append(s.text, '\n')
	}
	if resp.StatusCode/100 != 2 {
		return x.errorReply(ctx, resp, &sig, fault, s.text, body, tooLarge)
	}
	if tooLarge {
		return &BodySizeError{Operation: x.call.Name, Limit: x.maxBody(), Serial: sig.serial, RequestID: resp.Header.Get(headerRequestID)}
	}
	if !x.unsigned() || hasSignature(resp.Header) && !x.exempt {
		if fault == nil {
			fault = x.c.verify(ctx, &sig, s.text)
		}
		if fault != nil {
			return x.identify(fault, resp)
		}
	}
	return x.result(resp, body)
}

// errorReply verifies an error reply if it claims to be signed; gateways in front of WeChat Pay do not sign.
func (x *exchange) errorReply(ctx context.Context, resp *http.Response, sig *signed, fault *VerifyError, message, body []byte, tooLarge bool) error {
	e := newError(&x.call, resp, body)
	e.inDoubt = x.inDoubt
	if tooLarge || !hasSignature(resp.Header) {
		return e
	}
	switch {
	case fault != nil:
	case x.exempt: // a download of certificates must not wait for itself
		fault = x.c.verifyKnown(sig, sha256.Sum256(message))
	default:
		fault = x.c.verify(ctx, sig, message)
	}
	if e.Verified = fault == nil; !e.Verified {
		e.Verification = x.identify(fault, resp)
	}
	return e
}

func (x *exchange) identify(fault *VerifyError, resp *http.Response) *VerifyError {
	if note := packed(resp); note != nil && fault.Err == errSignature {
		fault.Err = fmt.Errorf("%w; %w", fault.Err, note)
	}
	fault.Operation, fault.StatusCode, fault.RequestID = x.call.Name, resp.StatusCode, resp.Header.Get(headerRequestID)
	return fault
}

// packed says that a reply is still compressed, so that what was signed is not what was received; nil if it is not.
func packed(resp *http.Response) error {
	encoding := resp.Header.Get("Content-Encoding")
	if encoding == "" || resp.Uncompressed || strings.EqualFold(encoding, "identity") {
		return nil
	}
	return fmt.Errorf("the reply is compressed (Content-Encoding %.32q), and the HTTP transport does not unpack it;"+
		" leave DisableCompression and Accept-Encoding alone", encoding)
}

// result decodes a reply that may be believed, and opens its secrets.
func (x *exchange) result(resp *http.Response, body []byte) error {
	if e := x.disguised(resp, body); e != nil {
		return e
	}
	if x.out == nil {
		return nil
	}
	fault := decodeBody(body, x.out)
	if x.call.Open != nil {
		if faults := x.c.openSecrets(x.call.Open); len(faults) > 0 {
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
	fault.Operation, fault.RequestID = x.call.Name, resp.Header.Get(headerRequestID)
	if !x.unsigned() {
		fault.Serial = resp.Header.Get(headerSerial)
	}
	return fault
}

// maxAhead is how far a Content-Length is trusted before the bytes have come.
const maxAhead = 1 << 20

// read appends at most limit bytes to s.text. It reports whether there are more.
func (s *scratch) read(r io.Reader, size, limit int64) (tooLarge bool, err error) {
	head := len(s.text)
	grow := int64(512)
	if size >= 0 {
		grow = min(size, limit, maxAhead) + 2 // the line feed of the signed message, and room to see the end
	}
	for {
		if len(s.text) == cap(s.text) || grow > 0 && int64(cap(s.text)-len(s.text)) < grow {
			s.text = append(s.text, make([]byte, max(grow, 512))...)[:len(s.text)]
			grow = 0
		}
		n, err := r.Read(s.text[len(s.text):cap(s.text)])
		s.text = s.text[:len(s.text)+n]
		if int64(len(s.text)-head) > limit {
			rest := head + int(limit)
			clear(s.text[rest:])
			s.text = s.text[:rest]
			return true, nil
		}
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
}
