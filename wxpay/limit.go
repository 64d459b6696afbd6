package wxpay

import (
	"cmp"
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

// WithRateLimit spaces calls: perSecond on average, from 0.001 to 1e6, burst at once, up to 1e6. Further ones wait, as long as their
// context allows; one that would have to wait longer fails at once. Retries do not count: they have delays of their own.
func WithRateLimit(perSecond float64, burst int) Option {
	return clientOption(func(s *settings) {
		if !(perSecond >= 0.001 && perSecond <= 1e6) || burst <= 0 || burst > 1e6 {
			s.fault("WithRateLimit", "%v per second, burst %d; want 0.001 to 1e6 per second, and a burst of 1 to 1e6", perSecond, burst)
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
		if err := c.bucket.wait(ctx); err != nil {
			return nil, err
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

// bucket spaces events by interval, but lets burst of them through at once.
type bucket struct {
	mu       sync.Mutex
	interval time.Duration
	burst    int
	next     time.Time // when the bucket will be full again, were nothing taken
}

// wait returns when it is ctx's turn. A turn that ctx will not live to see is not taken, and one that it leaves is given back.
func (b *bucket) wait(ctx context.Context) error {
	delay, ok := b.take(ctx)
	if !ok {
		return context.DeadlineExceeded
	}
	if delay > 0 && !sleep(ctx, delay) {
		b.mu.Lock()
		b.next = b.next.Add(-b.interval)
		b.mu.Unlock()
		return cmp.Or(ctx.Err(), context.DeadlineExceeded)
	}
	return nil
}

// take reserves a turn and returns how long to wait for it.
func (b *bucket) take(ctx context.Context) (delay time.Duration, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if b.next.Before(now) {
		b.next = now
	}
	delay = b.next.Sub(now) - time.Duration(b.burst-1)*b.interval
	if deadline, bounded := ctx.Deadline(); bounded && now.Add(delay).After(deadline) {
		return 0, false
	}
	b.next = b.next.Add(b.interval)
	return delay, true
}
