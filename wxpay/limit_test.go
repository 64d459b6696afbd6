package wxpay_test

import (
	"context"
	"errors"
	"math"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func TestConcurrencyLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now, most atomic.Int64
		d := inProcessPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
		c := direct(t, roundTrip(func(r *http.Request) (*http.Response, error) {
			most.Store(max(most.Load(), now.Add(1)))
			defer now.Add(-1)
			time.Sleep(time.Second)
			return d.RoundTrip(r)
		}), wxpay.WithConcurrency(3))
		start := time.Now()
		var wg sync.WaitGroup
		for range 9 {
			wg.Go(func() {
				if _, err := getOrder(t.Context(), c, "1"); err != nil {
					t.Error(err)
				}
			})
		}
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		_, err := getOrder(ctx, c, "1")
		var e *wxpay.TransportError
		if !errors.As(err, &e) || e.MaybeSent || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("no slot: %v", err)
		}
		wg.Wait()
		if most.Load() != 3 || time.Since(start) != 3*time.Second {
			t.Errorf("%d at a time, %v", most.Load(), time.Since(start))
		}
	})
}

func TestRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := inProcessPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
		c := direct(t, d, wxpay.WithRateLimit(10, 3))
		start := time.Now()
		for range 13 { // 3 at once, then one each 100 ms
			if _, err := getOrder(t.Context(), c, "1"); err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(start); took != time.Second {
			t.Errorf("took %v", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if _, err := getOrder(ctx, c, "1"); !errors.Is(err, context.DeadlineExceeded) ||
			time.Since(start) != time.Second {
			t.Errorf("a wait that the context does not allow: %v", err)
		}
		time.Sleep(time.Hour)
		start = time.Now()
		for range 3 {
			_, _ = getOrder(t.Context(), c, "1")
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("burst took %v", took)
		}
	})
}

// Calls that give up at once take no turns: a burst of them would stop all others for minutes.
func TestRateLimitKeepsNoDebt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := inProcessPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
		c := direct(t, d, wxpay.WithRateLimit(10, 1))
		start := time.Now()
		for i := range 1000 {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
			_, err := getOrder(ctx, c, "1")
			cancel()
			var e *wxpay.TransportError
			if i > 0 && (!errors.As(err, &e) || e.MaybeSent ||
				!errors.Is(err, context.DeadlineExceeded)) {
				t.Fatalf("%v", err)
			}
		}
		if sent := len(d.p.requests()); sent != 1 || time.Since(start) != 0 {
			t.Errorf("%d sent in %v", sent, time.Since(start))
		}
		if _, err := getOrder(t.Context(), c, "1"); err != nil ||
			time.Since(start) != 100*time.Millisecond {
			t.Errorf("the next one: %v after %v", err, time.Since(start))
		}
	})
}

// A turn that a cancelled call returns is free for others.
func TestRateLimitTakesTurnsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := inProcessPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
		c := direct(t, d, wxpay.WithRateLimit(1, 1))
		start := time.Now()
		if _, err := getOrder(t.Context(), c, "1"); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() {
				if _, err := getOrder(ctx, c, "1"); !errors.Is(err, context.Canceled) {
					t.Errorf("cancelled while waiting: %v", err)
				}
			})
		}
		time.Sleep(100 * time.Millisecond)
		cancel()
		wg.Wait()
		if _, err := getOrder(t.Context(), c, "1"); err != nil || time.Since(start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

// Rates and bursts that would overflow a duration are refused, and do not turn the limit off.
func TestRateLimitOutOfRange(t *testing.T) {
	for _, c := range []struct {
		perSecond float64
		burst     int
	}{
		{0, 1}, {-1, 1}, {math.NaN(), 1}, {math.Inf(1), 1}, {1e-10, 1}, {0.0009, 1}, {1e6 + 1, 1},
		{1, 0}, {1, -1}, {1, 1e6 + 1}, {100, math.MaxInt},
	} {
		_, err := wxpay.New(testConfig(), wxpay.WithRateLimit(c.perSecond, c.burst))
		var e *wxpay.ConfigError
		if !errors.As(err, &e) || e.Field != "WithRateLimit" {
			t.Errorf("%v: %v", c, err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		d := inProcessPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
		start := time.Now()
		_ = offlineClient(t, wxpay.WithRateLimit(1e6, 1e6))
		slow := direct(t, d, wxpay.WithRateLimit(0.001, 1))
		for range 2 {
			if _, err := getOrder(t.Context(), slow, "1"); err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(start); took != 1000*time.Second {
			t.Errorf("the slowest rate took %v", took)
		}
	})
}

// The next call uses a returned turn, and no turn is used twice.
func TestRateLimitKeepsItsPaceWhenTurnsAreGivenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var sent []time.Time
		d := inProcessPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
		c := direct(t, roundTrip(func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			sent = append(sent, time.Now())
			mu.Unlock()
			return d.RoundTrip(r)
		}), wxpay.WithRateLimit(20, 1))
		var wg sync.WaitGroup
		call := func(ctx context.Context) {
			wg.Go(func() { _, _ = getOrder(ctx, c, "1") })
			synctest.Wait()
		}
		ctx, cancel := context.WithCancel(t.Context())
		call(t.Context())
		for range 10 {
			call(ctx)
		}
		for range 10 {
			call(t.Context())
		}
		cancel()
		synctest.Wait()
		for range 10 {
			call(t.Context())
		}
		wg.Wait()
		for i := 1; i < len(sent); i++ {
			if gap := sent[i].Sub(sent[i-1]); gap != 50*time.Millisecond {
				t.Errorf("call %d came %v after the one before", i, gap)
			}
		}
		if len(sent) != 21 {
			t.Errorf("%d calls", len(sent))
		}
	})
}
