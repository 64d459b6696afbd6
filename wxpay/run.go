package wxpay

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"net/http"
	"net/url"
	"time"
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
	failedOver := false
	for n := 1; ; n++ {
		err := x.observed(ctx, n)
		if err == nil || ctx.Err() != nil {
			return err
		}
		if !failedOver && x.failOver(err) {
			failedOver = true
			continue
		}
		delay, again := x.retryIn(err, n)
		if !again || !sleep(ctx, delay) {
			return err
		}
	}
}

// failOver switches to the backup host if the production host could not be connected to. As nothing was sent, this is safe for
// every operation.
func (x *exchange) failOver(err error) bool {
	t, ok := err.(*TransportError)
	if !ok || x.c.backup == "" || x.origin.host != defaultHost || !notConnected(t.Err) || x.call.File != nil && !x.rewind() {
		return false
	}
	x.origin.host = x.c.backup
	return true
}

// attempt signs, sends, reads, verifies and decodes once.
func (x *exchange) attempt(ctx context.Context, n int, seen *Outcome) error {
	ctx, stop := x.attemptContext(ctx)
	defer stop.all()
	req, err := x.request(ctx)
	if err != nil {
		return err
	}
	resp, err := x.c.http.Do(req)
	if err != nil {
		return x.transportFault(stop.cause(withoutURL(err)), n, !notSent(err))
	}
	defer resp.Body.Close()
	seen.StatusCode, seen.RequestID = resp.StatusCode, resp.Header.Get(headerRequestID)
	if x.dst != nil && resp.StatusCode/100 == 2 {
		stop.timer()
		return x.stream(ctx, resp, n)
	}
	return x.receive(ctx, resp, n, stop)
}

func (x *exchange) transportFault(err error, n int, sent bool) *TransportError {
	return &TransportError{
		Operation: x.call.Name, Method: x.call.Method, Path: x.call.Path, Host: x.origin.host,
		Attempts: n, MaybeSent: sent, Err: err,
	}
}

// request builds and signs the request by hand: what goes out is exactly what was signed, and nothing is parsed again.
func (x *exchange) request(ctx context.Context) (*http.Request, error) {
	s := x.c.borrow()
	authorization, err := x.authorize(s)
	x.c.giveBack(s)
	if err != nil {
		return nil, &SignError{Operation: x.call.Name, Err: err}
	}
	req := (&http.Request{
		Method: x.call.Method, Host: x.origin.host,
		URL:   &url.URL{Scheme: x.origin.scheme, Host: x.origin.host, Path: x.path, RawPath: x.rawPath, RawQuery: x.query},
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: x.header(authorization),
	}).WithContext(ctx)
	if err := x.setBody(req); err != nil {
		return nil, err
	}
	return req, nil
}

// header allocates once for all values; callers' round trippers may change them.
func (x *exchange) header(authorization string) http.Header {
	h := make(http.Header, 8)
	values := make([]string, 0, 5)
	set := func(name, value string) {
		if value != "" {
			values = append(values, value)
			h[name] = values[len(values)-1 : len(values) : len(values)]
		}
	}
	set("Authorization", authorization)
	set("Accept", x.accept())
	set("User-Agent", x.c.userAgent)
	set("Content-Type", x.kind)
	set(headerSerial, x.serial)
	for name, v := range x.call.header {
		h[name] = v
	}
	if x.opts != nil {
		for name, v := range x.opts.header {
			h[name] = v
		}
	}
	return h
}

func (x *exchange) accept() string {
	if x.dst != nil {
		return "*/*"
	}
	return "application/json"
}

func (x *exchange) setBody(req *http.Request) error {
	if x.call.File != nil {
		return x.setFileBody(req)
	}
	if x.body == nil {
		return nil
	}
	req.ContentLength = int64(len(x.body))
	req.Body = io.NopCloser(bytes.NewReader(x.body))
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(x.body)), nil }
	return nil
}

// receive reads a whole reply and judges it.
func (x *exchange) receive(ctx context.Context, resp *http.Response, n int, stop *attemptStop) error {
	s := x.c.borrow()
	defer x.c.giveBack(s)
	sig, fault := readSigned(resp.Header, x.c.now(), x.c.skew)
	s.text = sig.appendHead(s.text[:0])
	head := len(s.text)
	tooLarge, err := s.read(resp.Body, resp.ContentLength, x.maxBody())
	body := s.text[head:]
	if err != nil {
		t := x.transportFault(stop.cause(withoutURL(err)), n, true)
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
		return &BodySizeError{Operation: x.call.Name, Limit: x.maxBody(), RequestID: resp.Header.Get(headerRequestID)}
	}
	if !x.unsigned() {
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
	e := newError(x.call, resp, body)
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
	fault.Operation, fault.StatusCode, fault.RequestID = x.call.Name, resp.StatusCode, resp.Header.Get(headerRequestID)
	return fault
}

// result decodes a reply that may be believed, and opens its secrets.
func (x *exchange) result(resp *http.Response, body []byte) error {
	if x.out == nil || resp.StatusCode == http.StatusNoContent && len(body) == 0 {
		return nil
	}
	var fault *DecodeError
	if len(body) == 0 {
		fault = &DecodeError{Err: ErrEmptyBody}
	} else {
		fault = decode(body, x.out)
	}
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
	fault.Operation, fault.RequestID = x.call.Name, resp.Header.Get(headerRequestID)
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
			s.text = s.text[:head+int(limit)]
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

// attemptStop ends an attempt: its timer, and its context.
type attemptStop struct {
	cancel  context.CancelCauseFunc
	t       *time.Timer
	ctx     context.Context
	timeout time.Duration
}

// attemptContext bounds one attempt, unless the caller's context ends sooner anyway.
func (x *exchange) attemptContext(ctx context.Context) (context.Context, *attemptStop) {
	d := x.timeout()
	if deadline, ok := ctx.Deadline(); ok && x.dst == nil && time.Until(deadline) <= d {
		return ctx, nil
	}
	s := &attemptStop{timeout: d}
	s.ctx, s.cancel = context.WithCancelCause(ctx)
	s.t = time.AfterFunc(d, func() { s.cancel(errAttemptTimeout) })
	return s.ctx, s
}

func (s *attemptStop) timer() {
	if s != nil {
		s.t.Stop()
	}
}

func (s *attemptStop) all() {
	if s != nil {
		s.t.Stop()
		s.cancel(nil)
	}
}

// cause tells a timeout of this attempt from a context that the caller ended.
func (s *attemptStop) cause(err error) error {
	if s != nil && context.Cause(s.ctx) == errAttemptTimeout {
		return errAttemptTimeout
	}
	return err
}

// errAttemptTimeout is an os.ErrDeadlineExceeded that says which limit it was.
var errAttemptTimeout error = timeoutError{}

type timeoutError struct{}

func (timeoutError) Error() string   { return "no reply within WithTimeout's limit" }
func (timeoutError) Timeout() bool   { return true }
func (timeoutError) Temporary() bool { return true }

func (timeoutError) Is(target error) bool { return target == context.DeadlineExceeded }
