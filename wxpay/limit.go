package wxpay

import (
	"context"
	"sync"
	"time"
)

// WithConcurrency bounds the calls that run at the same time. Further ones wait, as long as their context allows.
func WithConcurrency(n int) Option {
	return clientOption(func(s *settings) {
		if n <= 0 {
			s.fault("WithConcurrency", "%d; want a positive number", n)
			return
		}
		s.slots = make(chan struct{}, n)
	})
}

// WithRateLimit spaces calls: perSecond on average, burst at once. Further ones wait, as long as their context allows.
// Retries do not count: they have delays of their own.
func WithRateLimit(perSecond float64, burst int) Option {
	return clientOption(func(s *settings) {
		if !(perSecond > 0) || burst <= 0 {
			s.fault("WithRateLimit", "%v per second, burst %d; want positive numbers", perSecond, burst)
			return
		}
		s.bucket = &bucket{interval: time.Duration(float64(time.Second) / perSecond), burst: burst}
	})
}

// admit waits for both limits and returns what gives the slot back.
func (c *Client) admit(ctx context.Context) (release func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if c.bucket != nil {
		if wait := c.bucket.take(time.Now()); !sleepUntilFree(ctx, wait) {
			return nil, limitError(ctx)
		}
	}
	if c.slots == nil {
		return func() {}, nil
	}
	select {
	case c.slots <- struct{}{}:
		return func() { <-c.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func sleepUntilFree(ctx context.Context, d time.Duration) bool { return d <= 0 || sleep(ctx, d) }

// limitError stands for a wait that the context does not allow, be it over already or not.
func limitError(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return context.DeadlineExceeded
}

// bucket spaces events by interval, but lets burst of them through at once. A call that gives up waiting has still used
// its turn: a limit errs on the side of fewer calls.
type bucket struct {
	mu       sync.Mutex
	interval time.Duration
	burst    int
	next     time.Time // when the bucket will be full again, were nothing taken
}

// take reserves a turn and returns how long to wait for it.
func (b *bucket) take(now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.next.Before(now) {
		b.next = now
	}
	wait := b.next.Sub(now) - time.Duration(b.burst-1)*b.interval
	b.next = b.next.Add(b.interval)
	return wait
}
