package wxpay

import "context"

// exchange is one call on its way: what was prepared, what became of it so far, and the attempt under
// way. They lie in one piece of memory.
type exchange struct {
	prepared
	fate    fate
	attempt attempt
}

// run attempts the call until it succeeds, or must not be attempted again.
func (x *exchange) run(ctx context.Context) error {
	if !x.exempt {
		release, err := x.c.admit(ctx)
		if err != nil {
			return x.notBegun(err)
		}
		defer release()
	}
	host, other := x.origin.host, x.other
	for n := 1; ; n++ {
		x.fate.begin()
		x.attempt = attempt{prepared: &x.prepared, fate: &x.fate, host: host, number: n}
		err := x.attempt.observed(ctx)
		if err == nil || ctx.Err() != nil {
			return err
		}
		x.fate.end(x.changes(), err)
		if other != "" && x.fate.mayMove() {
			x.c.moveTo(other)
			host, other = other, ""
			continue
		}
		delay, again := x.c.retry.after(err, n, x.c.now)
		if !again || !x.fate.mayRepeat(x.idempotent()) || !sleep(ctx, delay) {
			return err
		}
	}
}

// notBegun is the error of a call that a limit, or the end of its context, kept from its first attempt.
func (p *prepared) notBegun(err error) *TransportError {
	return (&attempt{prepared: p, fate: new(fate), host: p.origin.host}).transportFault(err)
}
