package notice_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/mock/clock"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/notice"
	"github.com/wxgen/wxgen/internal/quickkey"
	"github.com/wxgen/wxgen/spec/compiled"
)

var ring = sync.OnceValues(func() (*keys.Ring, error) { return keys.MakeOf(quickkey.New) })

// post is a notifier with its clock and a receiver with a fixed answer.
type post struct {
	*notice.Notifier
	t      *testing.T
	clock  *clock.Clock
	faults fault.Set
	ring   *keys.Ring
	url    string
	status atomic.Int64 // the receiver's answer

	mu  sync.Mutex
	got []*http.Request
}

func newPost(t *testing.T, probes int) *post {
	t.Helper()
	r, err := ring()
	if err != nil {
		t.Fatal(err)
	}
	set, err := desc.Open(compiled.FS)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Date(2026, 3, 1, 12, 0, 0, 0, clock.China)
	p := &post{t: t, ring: r, clock: clock.New(func() time.Time { return began })}
	p.status.Store(http.StatusInternalServerError)
	p.Notifier = notice.New(notice.Config{Ring: r, Set: set, Clock: p.clock, Faults: &p.faults,
		Seed: "s", Probes: probes,
		Changed: func(int64) {}})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		req.Body = io.NopCloser(bytes.NewReader(body))
		p.mu.Lock()
		p.got = append(p.got, req)
		p.mu.Unlock()
		w.WriteHeader(int(p.status.Load()))
	}))
	t.Cleanup(s.Close)
	t.Cleanup(p.Close)
	t.Cleanup(p.clock.Close)
	p.url = s.URL + "/notify"
	return p
}

func (p *post) send() int64 {
	return p.Enqueue(notice.Notification{Event: "TRANSACTION.SUCCESS", Account: p.ring.Accounts[0],
		URL:      p.url,
		Resource: map[string]any{"out_trade_no": "T0000001"}})
}

// A refused notification is tried sixteen times on the official schedule, and then given up.
func TestSchedule(t *testing.T) {
	p := newPost(t, 0)
	id := p.send()
	p.clock.Advance(0)
	p.clock.Advance(48 * time.Hour)
	d := p.Delivery(id)
	const said = "0s 15s 15s 30s 3m0s 10m0s 20m0s 30m0s 30m0s 30m0s 1h0m0s 3h0m0s 3h0m0s 3h0m0s " +
		"6h0m0s 6h0m0s"
	var waits []string
	nonces := map[string]bool{}
	for i, try := range d.Tries {
		waits = append(waits, try.At.Sub(d.Tries[max(i-1, 0)].At).String())
		nonces[try.Header.Get("Wechatpay-Nonce")] = true
		if try.Status != 500 || try.Header.Get("Wechatpay-Signature") == "" {
			t.Errorf("try %d: %+v", i, try)
		}
	}
	if got := strings.Join(waits, " "); got != said || d.State != notice.GivenUp {
		t.Errorf("%s: tries after %s; want %s", d.State, got, said)
	}
	if len(nonces) != len(d.Tries) || len(p.got) != len(d.Tries) {
		t.Errorf("%d nonces of %d tries, %d received", len(nonces), len(d.Tries), len(p.got))
	}
	for i, req := range p.got {
		if req.Header.Get("Wechatpay-Signature") != d.Tries[i].Header.Get("Wechatpay-Signature") {
			t.Errorf("try %d was received with %v, and is kept with %v", i, req.Header,
				d.Tries[i].Header)
		}
	}
}

// The schedule skips a notification that was delivered by hand.
func TestDeliveredByHand(t *testing.T) {
	p := newPost(t, 0)
	id := p.send()
	p.clock.Advance(0)
	p.status.Store(http.StatusNoContent)
	if !p.Resend(id) {
		t.Fatal("the delivery is unknown")
	}
	p.clock.Advance(time.Hour)
	if d := p.Delivery(id); d.State != notice.Delivered || len(d.Tries) != 2 {
		t.Errorf("%s after %d tries; want 2", d.State, len(d.Tries))
	}
}

// Forgotten deliveries leave no jobs, even if the clock stands still.
func TestForgottenDeliveries(t *testing.T) {
	p := newPost(t, 0)
	p.url = "http://127.0.0.1:9/notify" // without a server
	for range 3 * notice.MaxDeliveries {
		p.send()
	}
	p.clock.Advance(0)
	if n := p.clock.Pending(); n > notice.MaxDeliveries {
		t.Errorf("%d jobs wait for %d deliveries", n, len(p.Deliveries()))
	}
}

// Faults of callbacks and probes have their effects.
func TestCallbackFaults(t *testing.T) {
	for kind, want := range map[fault.Kind]string{"": "1 2", fault.Lost: "2",
		fault.Doubled: "1 1 2", fault.OutOfOrder: "2 1"} {
		p := newPost(t, 0)
		p.status.Store(http.StatusNoContent)
		if kind != "" {
			if _, err := p.faults.Add(fault.Rule{Kind: kind, Times: 1}); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			p.send()
			p.clock.Advance(0)
		}
		p.clock.Advance(time.Minute)
		names := map[string]string{p.Delivery(1).EventID: "1", p.Delivery(2).EventID: "2"}
		var got []string
		for _, req := range p.got {
			var said struct{ ID string }
			if err := json.NewDecoder(req.Body).Decode(&said); err != nil {
				t.Fatal(err)
			}
			got = append(got, names[said.ID])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: received %v; want %s", kind, got, want)
		}
	}
	p := newPost(t, 1)
	p.status.Store(http.StatusNoContent) // which accepts the probe, too
	id := p.send()
	p.clock.Advance(0)
	d := p.Delivery(id)
	if len(d.Tries) != 2 || !d.Tries[0].Probe || d.Note == "" ||
		!strings.HasPrefix(d.Tries[0].Header.Get("Wechatpay-Signature"), "WECHATPAY/SIGNTEST/") {
		t.Errorf("%+v", d)
	}
}

// Notifications go to this machine alone, unless a host is allowed. A redirect is not followed.
func TestWhereNotificationsGo(t *testing.T) {
	p := newPost(t, 0)
	for url, want := range map[string]string{
		"http://192.0.2.1/notify": "192.0.2.1 is not this machine; allow it with --notify-host " +
			"192.0.2.1",
		"http://127.0.0.1/n?a=b": "has a query",
		"ftp://127.0.0.1/n":      "is no http or https URL",
	} {
		id := p.Enqueue(notice.Notification{Event: "TRANSACTION.SUCCESS",
			Account: p.ring.Accounts[0], URL: url})
		p.clock.Advance(0)
		d := p.Delivery(id)
		if d.State != notice.Refused || len(d.Tries) != 1 ||
			!strings.Contains(d.Tries[0].Error, want) {
			t.Errorf("%s: %s, %+v; want %s", url, d.State, d.Tries, want)
		}
	}
	p.status.Store(http.StatusFound)
	id := p.send()
	p.clock.Advance(0)
	if d := p.Delivery(id); d.State != notice.Pending || d.Tries[0].Status != http.StatusFound {
		t.Errorf("%+v", d)
	}
}
