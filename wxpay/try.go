package wxpay

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// try signs, sends, reads, verifies and decodes once.
func (a *attempt) try(ctx context.Context, seen *Outcome) error {
	whole := ctx
	ctx, stop, timer := a.limit(whole)
	defer stop()
	req, out, err := a.request(ctx)
	if err != nil {
		return err
	}
	resp, err := a.p.c.send(req)
	if err != nil {
		a.fate.arrive(reachOf(out.sought.Load(), out.found.Load(), a.p.c.pooled(), err))
		return a.transportFault(causeOf(ctx, withoutURL(err)))
	}
	a.fate.arrive(answered)
	defer resp.Body.Close()
	seen.StatusCode, seen.RequestID = resp.StatusCode, resp.Header.Get(headerRequestID)
	if resp.StatusCode < 200 {
		return a.interim(resp)
	}
	defer a.p.c.closeAfter(ctx, whole, resp.Body)()
	if a.p.dst != nil && resp.StatusCode/100 == 2 {
		return a.stream(a, ctx, resp, timer)
	}
	if err := a.receive(ctx, resp); err != nil || a.p.judge == nil {
		return err
	}
	return a.p.judge()
}

// interim refuses a status below 200, which is not a reply yet. It does not read the body: with a
// 101, net/http returns the bare connection, whose reads neither context nor timeout ends.
func (a *attempt) interim(resp *http.Response) *Error {
	if a.p.opts != nil && a.p.opts.raw != nil {
		*a.p.opts.raw = RawResponse{StatusCode: resp.StatusCode, Header: resp.Header}
	}
	e := newError(&a.p.call, resp, nil)
	e.inDoubt = a.fate.inDoubt
	return e
}

// observed makes one attempt and tells the observers of its begin and its end.
func (a *attempt) observed(ctx context.Context) error {
	var out Outcome
	seen := Attempt{a.p.call.Name, a.p.call.Method, a.p.call.Path, a.host, a.number, a.p.c.mchID,
		a.p.c.brandID}
	ends := make([]func(Outcome), 0, len(a.p.c.observers))
	for _, o := range a.p.c.observers {
		next, end := o.Begin(ctx, seen)
		if next != nil {
			ctx = next
		}
		if end != nil {
			ends = append(ends, end)
		}
	}
	start := time.Now()
	err := counted(a.try(ctx, &out), a.number)
	out.Duration, out.Err = time.Since(start), err
	if e, ok := errors.AsType[*Error](err); ok {
		out.Code = e.Code
	}
	for i := len(ends) - 1; i >= 0; i-- {
		ends[i](out)
	}
	return err
}

// counted sets the number of attempts, n, in the error.
func counted(err error, n int) error {
	if e, ok := err.(interface{ count(n int) }); ok {
		e.count(n)
	}
	return err
}
