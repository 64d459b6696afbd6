package wxpay

import "context"

// exchange is one call: its prepared parts, its fate so far, and the current attempt. They share
// one allocation.
type exchange struct {
	p       prepared
	fate    fate
	attempt attempt
	stream  deliver // of a download
}

// run attempts the call until it succeeds or must not be repeated.
func (x *exchange) run(ctx context.Context) error {
	if !x.p.exempt {
		release, err := x.p.c.admit(ctx)
		if err != nil {
			return x.p.notBegun(err)
		}
		defer release()
	}
	host, other := x.p.origin.host, x.p.other
	for n := 1; ; n++ {
		x.fate.begin()
		x.attempt = attempt{p: &x.p, fate: &x.fate, host: host, number: n, stream: x.stream}
		err := x.attempt.observed(ctx)
		if err == nil || ctx.Err() != nil {
			return err
		}
		x.fate.end(x.p.changes(), err)
		if other != "" && x.fate.mayMove() {
			x.p.c.moveTo(other)
			host, other = other, ""
			continue
		}
		delay, again := x.p.c.retry.after(err, n, x.p.c.now)
		if !again || !x.fate.mayRepeat(x.p.idempotent()) || !sleep(ctx, delay) {
			return err
		}
	}
}

// notBegun is the error of a call without an attempt: a limit or the end of its context stopped it.
func (p *prepared) notBegun(err error) *TransportError {
	return (&attempt{p: p, fate: new(fate), host: p.origin.host}).transportFault(err)
}
