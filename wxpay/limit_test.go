package wxpay_test

import (
	"context"
	"errors"
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
		if _, err := getOrder(ctx, c, "1"); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Second {
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
