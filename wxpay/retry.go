package wxpay

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// RetryPolicy says how calls that are safe to repeat are repeated: GET, operations that the
// description marks, and calls made with [WithIdempotent]. Every attempt is signed anew (but
// net/http by itself repeats a GET, as it was, on a kept connection that turns out to be closed);
// none is begun that the context would not outlast, and the error is that of the last one. Zero
// fields take their defaults.
type RetryPolicy struct {
	// MaxAttempts counts the first one, too. The default is 3; 1 turns retries off.
	MaxAttempts int
	// MinDelay precedes the second attempt; each further delay is twice as long, up to MaxDelay. A
	// random part of up to half is taken off each. The defaults are 200 ms and 5 s.
	MinDelay, MaxDelay time.Duration
	// MaxRetryAfter is the longest Retry-After that is waited for; an error that asks for more is
	// returned at once. The default is 30 s.
	MaxRetryAfter time.Duration
}

func (p RetryPolicy) withDefaults() RetryPolicy {
	if p.MaxAttempts <= 0 {
		p.MaxAttempts = 3
	}
	if p.MinDelay <= 0 {
		p.MinDelay = 200 * time.Millisecond
	}
	if p.MaxDelay <= 0 {
		p.MaxDelay = 5 * time.Second
	}
	if p.MaxRetryAfter <= 0 {
		p.MaxRetryAfter = 30 * time.Second
	}
	return p
}

// after decides whether err, the outcome of attempt n, may have passed after a while, and how long
// that is.
func (p *RetryPolicy) after(err error, n int, clock func() time.Time) (time.Duration, bool) {
	if n >= p.MaxAttempts || !errors.Is(err, ErrRetryable) {
		return 0, false
	}
	delay := p.backoff(n)
	if e, ok := errors.AsType[*Error](err); ok {
		asked, ok := retryAfter(e.Header(), clock())
		if ok && asked > p.MaxRetryAfter {
			return 0, false
		}
		delay = max(delay, asked)
	}
	return delay, true
}

func (p *RetryPolicy) backoff(n int) time.Duration {
	d := p.MinDelay
	for range n - 1 {
		if d *= 2; d >= p.MaxDelay {
			break
		}
	}
	d = min(d, p.MaxDelay)
	return d - time.Duration(rand.Int64N(int64(d)/2+1))
}

// retryAfter reads seconds or a date.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	v := h.Get("Retry-After")
	if v == "" {
		return 0, false
	}
	seconds, err := strconv.ParseUint(v, 10, 31)
	// which gives the largest: more than anybody waits
	if err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(seconds) * time.Second, true
	}
	if at, err := http.ParseTime(v); err == nil {
		return max(0, at.Sub(now)), true
	}
	return 0, false
}

// sleep waits, and reports whether ctx has not ended. It does not begin a wait that ctx would end.
func sleep(ctx context.Context, d time.Duration) bool {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= d {
		return false
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
