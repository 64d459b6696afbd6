package wxpay

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// RetryPolicy says how the client repeats calls that are safe to repeat: GET, operations that the
// description marks, and calls made with [WithIdempotent]. The client signs every attempt anew.
// (net/http itself repeats a GET unchanged if its kept connection turns out to be closed.) It
// begins no wait that would outlast the context. The error is that of the last attempt. Zero fields
// take their defaults.
type RetryPolicy struct {
	// MaxAttempts counts the first one, too. The default is 3; 1 turns retries off.
	MaxAttempts int
	// MinDelay precedes the second attempt; each further delay is twice as long, up to MaxDelay.
	// Each is shortened by a random part of up to half. The defaults are 200 ms and 5 s.
	MinDelay, MaxDelay time.Duration
	// MaxRetryAfter is the longest Retry-After to wait for; an error with a longer one returns at
	// once. The default is 30 s.
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

// after decides whether to repeat the call after err, the error of attempt n, and after which
// delay.
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
	// an overflow becomes the longest delay
	if err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(seconds) * time.Second, true
	}
	if at, err := http.ParseTime(v); err == nil {
		return max(0, at.Sub(now)), true
	}
	return 0, false
}

// sleep waits, and reports whether ctx has not ended. It does not begin a wait that would outlast
// ctx.
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
