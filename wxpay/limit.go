package wxpay

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"sync"
	"time"
)

// WithConcurrency bounds the calls that run at the same time. Further calls wait for one to end, as
// long as their context allows.
func WithConcurrency(n int) Option {
	return clientOption(func(s *settings) {
		if n <= 0 {
			s.fault("WithConcurrency", "%d; want a positive number", n)
			return
		}
		s.slots = make(chan struct{}, n)
	})
}

// WithRateLimit spaces calls: perSecond on average, from 0.001 to 1e6, burst at once, up to 1e6.
// Further calls wait. A call fails at once if its turn would come after its context's deadline.
// Retries do not count: they have delays of their own.
func WithRateLimit(perSecond float64, burst int) Option {
	return clientOption(func(s *settings) {
		if !(perSecond >= 0.001 && perSecond <= 1e6) || burst <= 0 || burst > 1e6 {
			s.fault("WithRateLimit", "%v per second, burst %d; want 0.001 to 1e6 per second, and "+
				"a burst of 1 to 1e6", perSecond, burst)
			return
		}
		s.pace = &bucket{interval: time.Duration(float64(time.Second) / perSecond), burst: burst}
	})
}

// admit waits for both limits. Release frees the slot.
func (c *Client) admit(ctx context.Context) (release func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if c.pace != nil {
		if err := c.pace.wait(ctx); err != nil {
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

// bucket spaces events by interval, and lets burst of them through at once.
type bucket struct {
	mu       sync.Mutex
	interval time.Duration
	burst    int
	next     time.Time   // when the bucket is full again if no call takes a turn
	returned []time.Time // returned turns, the earliest first
}

// wait returns when the call's turn comes. It takes no turn after ctx's deadline, and returns its
// turn if ctx ends first.
func (b *bucket) wait(ctx context.Context) error {
	turn, delay, ok := b.take(ctx)
	if !ok {
		return context.DeadlineExceeded
	}
	if delay > 0 && !sleep(ctx, delay) {
		b.giveBack(turn)
		return cmp.Or(ctx.Err(), context.DeadlineExceeded)
	}
	return nil
}

// take reserves a turn and returns how long to wait for it.
func (b *bucket) take(ctx context.Context) (turn time.Time, delay time.Duration, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now, early := time.Now(), time.Duration(b.burst-1)*b.interval
	for len(b.returned) > 0 && b.returned[0].Add(-early).Before(now) { // the turn passed unused
		b.returned = b.returned[1:]
	}
	if b.next.Before(now) {
		b.next = now
	}
	turn = b.next
	if len(b.returned) > 0 {
		turn = b.returned[0]
	}
	delay = turn.Sub(now) - early
	if deadline, bounded := ctx.Deadline(); bounded && now.Add(delay).After(deadline) {
		return turn, 0, false
	}
	if len(b.returned) > 0 {
		b.returned = b.returned[1:]
	} else {
		b.next = b.next.Add(b.interval)
	}
	return turn, delay, true
}

func (b *bucket) giveBack(turn time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	at := sort.Search(len(b.returned), func(i int) bool { return b.returned[i].After(turn) })
	b.returned = slices.Insert(b.returned, at, turn)
}
