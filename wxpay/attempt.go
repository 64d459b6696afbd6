package wxpay

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// attempt is one try of a call.
type attempt struct {
	*prepared
	fate   *fate
	host   string
	number int // from 1; 0 for none
}

// try signs, sends, reads, verifies and decodes once.
func (a *attempt) try(ctx context.Context, seen *Outcome) error {
	whole := ctx
	ctx, stop, timer := a.limit(whole)
	defer stop()
	req, out, err := a.request(ctx)
	if err != nil {
		return err
	}
	resp, err := a.c.send(req)
	if err != nil {
		a.fate.arrive(reachOf(out.sought.Load(), out.found.Load(), a.c.pooled(), err))
		return a.transportFault(causeOf(ctx, withoutURL(err)))
	}
	a.fate.arrive(answered)
	defer resp.Body.Close()
	seen.StatusCode, seen.RequestID = resp.StatusCode, resp.Header.Get(headerRequestID)
	if resp.StatusCode < 200 {
		return a.interim(resp)
	}
	defer a.c.closeAfter(ctx, whole, resp.Body)()
	if a.dst != nil && resp.StatusCode/100 == 2 {
		if resp.StatusCode != http.StatusOK {
			return &DownloadError{Operation: a.call.Name, RequestID: seen.RequestID, Err: fmt.Errorf("HTTP %d is no whole file", resp.StatusCode)}
		}
		return a.deliver(a, ctx, resp, timer)
	}
	if err := a.receive(ctx, resp); err != nil || a.judge == nil {
		return err
	}
	return a.judge()
}

// interim refuses a status below 200, which is no reply yet, with its body unread: that of a 101 is the bare connection, and neither
// context nor timeout ends a read of it.
func (a *attempt) interim(resp *http.Response) *Error {
	if a.opts != nil && a.opts.raw != nil {
		*a.opts.raw = RawResponse{StatusCode: resp.StatusCode, Header: resp.Header}
	}
	e := newError(&a.call, resp, nil)
	e.inDoubt = a.fate.inDoubt
	return e
}

// transportFault is the error of an attempt without a whole reply.
func (a *attempt) transportFault(err error) *TransportError {
	return &TransportError{
		Operation: a.call.Name, Method: a.call.Method, Path: a.call.Path, Host: a.host,
		Attempts: a.number, MaybeSent: a.fate.maybeSent(), Err: err,
	}
}

// cutOff is the error of a reply whose body did not come whole.
func (a *attempt) cutOff(ctx context.Context, resp *http.Response, err error) *TransportError {
	e := a.transportFault(causeOf(ctx, withoutURL(err)))
	e.StatusCode = resp.StatusCode
	return e
}

// limit bounds one attempt, unless the caller's context ends sooner anyway. A download is bounded until its reply begins: its
// timer is returned to be stopped then.
func (a *attempt) limit(ctx context.Context) (context.Context, context.CancelFunc, *time.Timer) {
	d := a.timeout()
	if a.dst != nil {
		ctx, cancel := context.WithCancelCause(ctx)
		timer := time.AfterFunc(d, func() { cancel(errAttemptTimeout) })
		return ctx, func() { timer.Stop(); cancel(nil) }, timer
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= d {
		return ctx, func() {}, nil
	}
	ctx, cancel := context.WithTimeoutCause(ctx, d, errAttemptTimeout)
	return ctx, cancel, nil
}

// causeOf tells a timeout of this attempt from a context that the caller ended. What a transport says of either may be anything, as
// that a body was closed.
func causeOf(ctx context.Context, err error) error {
	if context.Cause(ctx) == errAttemptTimeout {
		return errAttemptTimeout
	}
	if end := ctx.Err(); end != nil && !errors.Is(err, end) {
		return end
	}
	return err
}
