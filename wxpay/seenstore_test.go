package wxpay_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func TestDuplicateNotificationIsHandledOnce(t *testing.T) {
	var mux wxpay.NotificationMux
	var calls int
	next := errors.New("not yet")
	mux.Fallback(func(context.Context, *wxpay.Event) error {
		calls++
		err := next
		next = nil
		return err
	})
	var seen faults
	h := offlineClient(t).NotificationHandler(&mux,
		wxpay.WithSeen(wxpay.NewMemorySeen(10, time.Hour, nil)),
		wxpay.WithNotificationErrors(seen.report))
	for i, want := range []int{500, 204, 204, 204} { // failed, handled, skipped, skipped
		if resp := deliver(h, newNotification("A", "{}")); resp.StatusCode != want {
			t.Errorf("delivery %d: HTTP %d", i, resp.StatusCode)
		}
	}
	if calls != 2 {
		t.Errorf("handled %d times", calls)
	}
}

func TestDuplicateNotificationAtTheSameTime(t *testing.T) {
	var mux wxpay.NotificationMux
	entered, leave := make(chan bool), make(chan bool)
	mux.Fallback(func(context.Context, *wxpay.Event) error {
		entered <- true
		<-leave
		panic(aName)
	})
	var seen faults
	store := wxpay.NewMemorySeen(10, time.Hour, nil)
	h := offlineClient(t).NotificationHandler(&mux, wxpay.WithSeen(store),
		wxpay.WithNotificationErrors(seen.report))
	done := make(chan int)
	go func() { done <- deliver(h, newNotification("A", "{}")).StatusCode }()
	<-entered
	if resp := deliver(h, newNotification("A", "{}")); resp.StatusCode != http.StatusConflict ||
		!errors.Is(seen.last(), wxpay.ErrBusyEvent) {
		t.Errorf("HTTP %d, %v", resp.StatusCode, seen.last())
	}
	leave <- true
	if status := <-done; status != 500 {
		t.Errorf("HTTP %d", status)
	}
	if strings.Contains(seen.last().Error(), aName) {
		t.Errorf("the panic's value is printed: %v", seen.last())
	}
	if claim, _ := store.Claim(t.Context(), "EV-2018022511223320873"); claim != wxpay.ClaimNew {
		t.Errorf("claim %v after a panic", claim)
	}
}

// brokenStore fails in the methods that it has errors for.
type brokenStore struct{ claim, settle error }

func (s brokenStore) Claim(context.Context, string) (wxpay.Claim, error) {
	return wxpay.ClaimNew, s.claim
}

func (s brokenStore) Settle(context.Context, string, bool) error { return s.settle }

func TestBrokenSeenStore(t *testing.T) {
	var mux wxpay.NotificationMux
	calls := 0
	mux.Fallback(func(context.Context, *wxpay.Event) error { calls++; return nil })
	down := errors.New("down")
	for _, test := range []struct {
		store         brokenStore
		status, calls int
	}{{brokenStore{claim: down}, 500, 0}, {brokenStore{settle: down}, 204, 1}} {
		var seen faults
		calls = 0
		h := offlineClient(t).NotificationHandler(&mux, wxpay.WithSeen(test.store),
			wxpay.WithNotificationErrors(seen.report))
		if resp := deliver(h, newNotification("A", "{}")); resp.StatusCode != test.status ||
			calls != test.calls || !errors.Is(seen.last(), down) {
			t.Errorf("HTTP %d, %d calls, %v", resp.StatusCode, calls, seen.last())
		}
	}
}

func TestMemorySeenForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := wxpay.NewMemorySeen(2, time.Hour, nil)
		claim := func(id string, want wxpay.Claim) {
			t.Helper()
			got, err := s.Claim(t.Context(), id)
			if err != nil || got != want {
				t.Errorf("%s: claim %v, %v; want %v", id, got, err, want)
			}
			if got == wxpay.ClaimNew {
				_ = s.Settle(t.Context(), id, true)
			}
		}
		claim("a", wxpay.ClaimNew)
		claim("a", wxpay.ClaimDone)
		time.Sleep(30 * time.Minute)
		claim("b", wxpay.ClaimNew)
		time.Sleep(31 * time.Minute)
		claim("b", wxpay.ClaimDone)
		claim("a", wxpay.ClaimNew) // an hour has passed
		claim("c", wxpay.ClaimNew) // b was handled, so it makes room
		claim("b", wxpay.ClaimNew)
	})
}

func TestMemorySeenConcurrently(t *testing.T) {
	s := wxpay.NewMemorySeen(100, time.Hour, nil)
	var wg sync.WaitGroup
	var mu sync.Mutex
	won := 0
	for range 64 {
		wg.Go(func() {
			claim, _ := s.Claim(context.Background(), "x")
			if claim == wxpay.ClaimNew {
				mu.Lock()
				won++
				mu.Unlock()
			}
		})
	}
	if wg.Wait(); won != 1 {
		t.Errorf("%d claims won", won)
	}
}

// settling is a store whose Settle is the function.
type settling func(ctx context.Context, handled bool) error

func (settling) Claim(context.Context, string) (wxpay.Claim, error) { return wxpay.ClaimNew, nil }

func (s settling) Settle(ctx context.Context, _ string, handled bool) error {
	return s(ctx, handled)
}

// A failure of Settle is reported beside the handler's error: the event is never handled, and the
// operator must learn of both.
func TestSettleFailureIsReportedBesideTheHandlers(t *testing.T) {
	handler, down := errors.New("handler"), errors.New("down")
	var mux wxpay.NotificationMux
	mux.Fallback(func(context.Context, *wxpay.Event) error { return handler })
	var seen faults
	h := offlineClient(t).NotificationHandler(&mux, wxpay.WithSeen(brokenStore{settle: down}),
		wxpay.WithNotificationErrors(seen.report))
	if resp := deliver(h, newNotification("A", "{}")); resp.StatusCode != 500 {
		t.Errorf("HTTP %d", resp.StatusCode)
	}
	if all := errors.Join(seen.all...); len(seen.all) != 2 || !errors.Is(all, down) ||
		!errors.Is(all, handler) || !strings.Contains(all.Error(), "EV-2018022511223320873") {
		t.Errorf("reported %v", seen.all)
	}
}

// The sender may hang up as soon as the handler is done. The outcome must still be recorded, or the
// event would be handled twice. A store that hangs must not keep the request for ever.
func TestSettleOutlivesTheRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, hangUp := context.WithCancel(t.Context())
		var mux wxpay.NotificationMux
		mux.Fallback(func(context.Context, *wxpay.Event) error { hangUp(); return nil })
		var settled bool
		store := settling(func(ctx context.Context, handled bool) error {
			_, bounded := ctx.Deadline()
			if settled = handled; ctx.Err() != nil || !bounded {
				t.Errorf("context %v, with a deadline: %v", ctx.Err(), bounded)
				return nil
			}
			<-ctx.Done()
			return ctx.Err()
		})
		var seen faults
		h := offlineClient(t).NotificationHandler(&mux, wxpay.WithSeen(store),
			wxpay.WithNotificationErrors(seen.report))
		header, body := newNotification("A", "{}").sign()
		r := httptest.NewRequest(http.MethodPost, "/notify", bytes.NewReader(body)).WithContext(ctx)
		r.Header = header
		w := httptest.NewRecorder()
		start := time.Now()
		if h.ServeHTTP(w, r); w.Code != 204 || !settled ||
			!errors.Is(seen.last(), context.DeadlineExceeded) || time.Since(start) > time.Minute {
			t.Errorf("HTTP %d, settled %v, reported %v after %v", w.Code, settled, seen.last(),
				time.Since(start))
		}
	})
}

// The store forgets no claim while its event is being handled: a second delivery would be handled,
// too.
func TestMemorySeenKeepsWhatIsBusy(t *testing.T) {
	s := wxpay.NewMemorySeen(2, time.Hour, nil)
	claim := func(id string, want wxpay.Claim) {
		t.Helper()
		if got, err := s.Claim(t.Context(), id); err != nil || got != want {
			t.Errorf("%s: claim %v, %v; want %v", id, got, err, want)
		}
	}
	claim("a", wxpay.ClaimNew)
	claim("b", wxpay.ClaimNew)
	claim("c", wxpay.ClaimBusy)
	claim("a", wxpay.ClaimBusy)
	claim("b", wxpay.ClaimBusy)
	_ = s.Settle(t.Context(), "b", true)
	claim("c", wxpay.ClaimNew) // b makes room, although a is older
	claim("a", wxpay.ClaimBusy)
	_ = s.Settle(t.Context(), "c", false)
	claim("c", wxpay.ClaimNew)
}

// NewMemorySeen panics on sizes with which it would remember nothing: every delivery would be
// handled, and nobody would notice.
func TestMemorySeenPanicsOnMisuse(t *testing.T) {
	for _, misuse := range []struct {
		max int
		ttl time.Duration
	}{{0, time.Hour}, {-1, time.Hour}, {1, 0}, {1, -1}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%v: no panic", misuse)
				}
			}()
			wxpay.NewMemorySeen(misuse.max, misuse.ttl, nil)
		}()
	}
}
