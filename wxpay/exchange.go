package wxpay

import "context"

// exchange is one call on its way: what was prepared, what became of it so far, and the attempt
// under way. They lie in one piece of memory.
type exchange struct {
	p       prepared
	fate    fate
	attempt attempt
	stream  deliver // of a download
}

// run attempts the call until it succeeds, or must not be attempted again.
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

// notBegun is the error of a call that a limit, or the end of its context, kept from its first
// attempt.
func (p *prepared) notBegun(err error) *TransportError {
	return (&attempt{p: p, fate: new(fate), host: p.origin.host}).transportFault(err)
}
