package wxpay_test

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// A handler that ends its goroutine, as t.FailNow does, has not handled the event. The next
// delivery must be handled.
func TestGoexitFreesTheClaim(t *testing.T) {
	var mux wxpay.NotificationMux
	calls := 0
	mux.Fallback(func(context.Context, *wxpay.Event) error {
		if calls++; calls == 1 {
			runtime.Goexit()
		}
		return nil
	})
	h := offlineClient(t).NotificationHandler(&mux,
		wxpay.WithSeen(wxpay.NewMemorySeen(10, time.Hour, nil)), wxpay.WithNotificationErrors(nil))
	var wg sync.WaitGroup
	wg.Go(func() { deliver(h, newNotification("A", "{}")) })
	wg.Wait()
	if resp := deliver(h, newNotification("A", "{}")); resp.StatusCode != http.StatusNoContent ||
		calls != 2 {
		t.Errorf("HTTP %d, %d calls", resp.StatusCode, calls)
	}
}

// A notification without id is known by its content.
func TestNotificationWithoutID(t *testing.T) {
	var mux wxpay.NotificationMux
	var handled []string
	mux.Fallback(func(_ context.Context, ev *wxpay.Event) error {
		handled = append(handled, string(ev.Plaintext()))
		return nil
	})
	h := offlineClient(t).NotificationHandler(&mux,
		wxpay.WithSeen(wxpay.NewMemorySeen(10, time.Hour, nil)), wxpay.WithNotificationErrors(nil))
	for i, resource := range []string{`{"a":1}`, `{"a":1}`, `{"a":2}`, `{"a":1}`} {
		n := newNotification("A", resource)
		delete(n.body, "id")
		n.body["create_time"] = fmt.Sprintf("2015-05-20T13:29:3%d+08:00", i) // sent again
		if resp := deliver(h, n); resp.StatusCode != http.StatusNoContent {
			t.Errorf("HTTP %d", resp.StatusCode)
		}
	}
	if fmt.Sprint(handled) != `[{"a":1} {"a":2}]` {
		t.Errorf("handled %v", handled)
	}
}

// A store whose claims are all being handled answers at once, however many there are. It does not
// search them.
func TestFullSeenStoreIsNotScanned(t *testing.T) {
	const many = 100_000
	s := wxpay.NewMemorySeen(many, time.Hour, nil)
	for i := range many {
		if claim, err := s.Claim(t.Context(), fmt.Sprint(i)); claim != wxpay.ClaimNew ||
			err != nil {
			t.Fatal(claim, err)
		}
	}
	start := time.Now()
	for i := range 20_000 {
		if claim, _ := s.Claim(t.Context(), fmt.Sprint("x", i)); claim != wxpay.ClaimBusy {
			t.Fatal(claim)
		}
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("20,000 refused claims take %v", took)
	}
	// Any settled claim makes room for one new claim.
	if err := s.Settle(t.Context(), fmt.Sprint(many/2), true); err != nil {
		t.Fatal(err)
	}
	first, _ := s.Claim(t.Context(), "new")
	second, _ := s.Claim(t.Context(), "newer")
	again, _ := s.Claim(t.Context(), "new")
	if first != wxpay.ClaimNew || second != wxpay.ClaimBusy || again != wxpay.ClaimBusy {
		t.Error(first, second, again)
	}
}
