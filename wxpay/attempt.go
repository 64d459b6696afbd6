package wxpay

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// attempt is one try of a call.
type attempt struct {
	p      *prepared
	fate   *fate
	host   string
	number int     // from 1; 0 for none
	stream deliver // of a download
}

// deliver streams a reply to the caller's writer. It is a field of attempts, so that programs
// without downloads do not link it.
type deliver func(a *attempt, ctx context.Context, resp *http.Response, timer *time.Timer) error

// transportFault is the error of an attempt without a whole reply.
func (a *attempt) transportFault(err error) *TransportError {
	return &TransportError{
		Operation: a.p.call.Name, Method: a.p.call.Method, Path: a.p.call.Path, Host: a.host,
		Attempts: a.number, MaybeSent: a.fate.maybeSent(), Err: err,
	}
}

// cutOff is the error of a reply with an incomplete body.
func (a *attempt) cutOff(ctx context.Context, resp *http.Response, err error) *TransportError {
	e := a.transportFault(causeOf(ctx, withoutURL(err)))
	e.StatusCode = resp.StatusCode
	return e
}

// limit bounds one attempt, unless the caller's context ends sooner anyway. The limit of a download
// ends when its reply begins: the caller stops the returned timer then.
func (a *attempt) limit(ctx context.Context) (context.Context, context.CancelFunc, *time.Timer) {
	d := a.p.timeout()
	if a.p.dst != nil {
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

// causeOf tells a timeout of this attempt from a context that the caller ended. A transport may
// return any error for either, such as that a body was closed.
func causeOf(ctx context.Context, err error) error {
	if context.Cause(ctx) == errAttemptTimeout {
		return errAttemptTimeout
	}
	if end := ctx.Err(); end != nil && !errors.Is(err, end) {
		return end
	}
	return err
}
