package wxpay_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/wxgen/wxgen/wxpay"
)

type tracer struct {
	name   string
	events *[]string
}

type spanKey struct{}

func (r tracer) Begin(ctx context.Context, a wxpay.Attempt) (context.Context, func(wxpay.Outcome)) {
	*r.events = append(*r.events, fmt.Sprint(r.name, " begin ", a))
	return context.WithValue(ctx, spanKey{}, r.name), func(o wxpay.Outcome) {
		*r.events = append(*r.events, fmt.Sprint(r.name, " end ", o.StatusCode, " ", o.Code, " ",
			o.RequestID, " ", o.Err != nil))
	}
}

func TestObservers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := failing(t, 500)
		var events, spans []string
		spy := roundTrip(func(r *http.Request) (*http.Response, error) {
			spans = append(spans, r.Context().Value(spanKey{}).(string))
			return d.RoundTrip(r)
		})
		c := direct(t, spy, wxpay.WithObserver(tracer{"a", &events}),
			wxpay.WithObserver(tracer{"b", &events}))
		if _, err := getOrder(t.Context(), c, "13800138000"); err != nil {
			t.Fatal(err)
		}
		const call = "{test.GetOrder GET /v3/test/orders/{out_trade_no} api.mch.weixin.qq.com "
		want := []string{
			"a begin " + call + "1 " + mchID + " }", "b begin " + call + "1 " + mchID + " }",
			"b end 500 SYSTEM_ERROR " + requestID + " true", "a end 500 SYSTEM_ERROR " + requestID +
				" true",
			"a begin " + call + "2 " + mchID + " }", "b begin " + call + "2 " + mchID + " }",
			"b end 200  " + requestID + " false", "a end 200  " + requestID + " false",
		}
		if !slices.Equal(events, want) || !slices.Equal(spans, []string{"b", "b"}) {
			t.Errorf("got %q\nspans %v", events, spans)
		}
	})
}

func TestSlogObserver(t *testing.T) {
	var buf bytes.Buffer
	l := slog.New(slog.NewJSONHandler(&buf, &slog.HandlerOptions{Level: slog.LevelDebug}))
	p := newPlatform(t, func(req request, out *reply) {
		if out.body = []byte(`{}`); req.Method == "POST" {
			out.status, out.body = 403, []byte("{\"code\":\"NO_AUTH\\nforged=1\"}")
		}
	})
	c := p.client(wxpay.WithObserver(wxpay.NewSlogObserver(l)))
	_, _ = getOrder(t.Context(), c, "1")
	if _, err := postOrder(t.Context(), c, anOrder()); !errors.Is(err, wxpay.ErrBusiness) {
		t.Error(err)
	}
	var lines []map[string]any
	for d := json.NewDecoder(&buf); d.More(); {
		var line map[string]any
		if err := d.Decode(&line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	if len(lines) != 2 || lines[0]["level"] != "DEBUG" || lines[0]["status"] != 200.0 ||
		lines[0]["request_id"] != requestID || lines[0]["mchid"] != mchID {
		t.Errorf("success: %v", lines[0])
	}
	if lines[1]["level"] != "WARN" || lines[1]["code"] != "NO_AUTH forged=1" ||
		lines[1]["operation"] != "test.Order" || lines[1]["attempt"] != 1.0 {
		t.Errorf("failure: %v", lines[1])
	}
	if wxpay.NewSlogObserver(nil) == nil {
		t.Error("nil")
	}
}

// watcher is called with the outcome of each attempt.
type watcher func(wxpay.Outcome)

func (w watcher) Begin(ctx context.Context, _ wxpay.Attempt) (context.Context,
	func(wxpay.Outcome)) {
	return ctx, w
}

// An observer, such as an alarm, sees that a payment is in doubt and not refused.
func TestObserversAreToldWhatTheCallReturns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var observed []error
		var unknown []bool
		var wg sync.WaitGroup
		statuses := []int{502, 403}
		d := inProcessPlatform(t, func(_ request, out *reply) {
			out.status, statuses = statuses[0], statuses[1:]
			out.body = []byte(`{"code":"RULE_LIMIT"}`)
		})
		c := direct(t, d, wxpay.WithObserver(watcher(func(o wxpay.Outcome) {
			observed = append(observed, o.Err)
			unknown = append(unknown, errors.Is(o.Err, wxpay.ErrOutcomeUnknown))
			// an observer may report from another goroutine; this one does, for the race detector
			wg.Go(func() { _ = errors.Is(o.Err, wxpay.ErrOutcomeUnknown) })
		})))
		_, err := postOrder(t.Context(), c, anOrder(), wxpay.WithIdempotent())
		if !errors.Is(err, wxpay.ErrOutcomeUnknown) || len(observed) != 2 || observed[1] != err ||
			!slices.Equal(unknown, []bool{true, true}) {
			t.Errorf("returned %v, observed %v, outcome unknown %v", err, observed, unknown)
		}
		wg.Wait()
	})
}
