package wxpay_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// An attempt that may have taken effect leaves the call in doubt, even if a later attempt fails in
// another way.
func TestDoubtOutlivesAttempts(t *testing.T) {
	dial := &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	reset := &net.OpError{Op: "read", Err: errors.New("connection reset by peer")}
	var transport *wxpay.TransportError
	var refusal *wxpay.Error
	var sign *wxpay.SignError
	for _, c := range []struct {
		name     string
		attempts []any // a status, or an error
		hsm      bool  // is down after the first
		unknown  bool
		as       any
	}{
		{"never connected", []any{dial, dial, dial}, false, false, &transport},
		{"refused for its rate, then never connected", []any{429, dial, dial}, false, false,
			&transport},
		{"504, then never connected", []any{504, dial, dial}, false, true, &transport},
		{"reset, then never connected", []any{reset, dial, dial}, false, true, &transport},
		{"reset, then refused for its rate", []any{reset, 429, 429}, false, true, &refusal},
		{"reset, then refused", []any{reset, 403}, false, true, &refusal},
		{"refused", []any{403}, false, false, &refusal},
		{"500 to the end", []any{500, 500, 500}, false, true, &refusal},
		{"reset, then not signed", []any{reset}, true, true, &sign},
		{"refused for its rate, then not signed", []any{429}, true, false, &sign},
	} {
		synctest.Test(t, func(t *testing.T) {
			d := inProcessPlatform(t, func(_ request, out *reply) {
				out.status, out.body = c.attempts[0].(int), []byte(`{"code":"X"}`)
			})
			cfg := testConfig()
			if c.hsm {
				cfg.PrivateKey = &signsOnce{Signer: cfg.PrivateKey}
			}
			client, err := wxpay.New(cfg, wxpay.WithBackup(""),
				wxpay.WithHTTPClient(
					&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response,
						error) {
						defer func() { c.attempts = c.attempts[1:] }()
						if err, ok := c.attempts[0].(error); ok {
							return nil, err
						}
						return d.RoundTrip(r)
					})}))
			if err != nil {
				t.Fatal(err)
			}
			_, err = postOrder(t.Context(), client, anOrder(), wxpay.WithIdempotent())
			if !errors.As(err, c.as) || errors.Is(err, wxpay.ErrOutcomeUnknown) != c.unknown ||
				len(c.attempts) > 0 {
				t.Errorf("%s: %v; %v left", c.name, err, c.attempts)
			}
			if c.as == &transport && strings.HasSuffix(err.Error(), "(not sent)") == c.unknown {
				t.Errorf("%s: %v", c.name, err)
			}
		})
	}
}

// net/http must not repeat a request with an idempotency key by itself, and then report that it
// could not connect.
func TestIdempotencyKeyIsNotReplayed(t *testing.T) {
	bySetHeader := gen.Call{Name: "t", Method: "POST", Path: "/v3/pay", Body: amount{1, "CNY"}}
	bySetHeader.SetHeader("Idempotency-Key", "k")
	byOption := gen.Call{Name: "t", Method: "POST", Path: "/v3/pay", Body: amount{1, "CNY"}}
	for name, call := range map[string]gen.Call{"SetHeader": bySetHeader, "WithHeader": byOption} {
		var opts []wxpay.CallOption
		if name == "WithHeader" {
			opts = append(opts, wxpay.WithHeader("Idempotency-Key", "k"))
		}
		var s *httptest.Server
		var posts atomic.Int32
		p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
		s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != "POST" {
				p.ServeHTTP(w, r)
				return
			}
			if got := r.Header.Values("Idempotency-Key"); len(got) != 1 || got[0] != "k" {
				t.Errorf("%s: Idempotency-Key %q", name, got)
			}
			_, _ = io.Copy(io.Discard, r.Body)
			posts.Add(1)
			_ = s.Listener.Close() // no further connection
			panic(http.ErrAbortHandler)
		}))
		c := newClient(t, s.URL, wxpay.WithHTTPClient(&http.Client{Transport: new(http.Transport)}))
		if err := c.Chain("v3/x").Get(t.Context(), nil, nil); err != nil { // leaves a connection
			t.Fatal(err)
		}
		err := c.Do(t.Context(), call, nil, opts...)
		var e *wxpay.TransportError
		if !errors.As(err, &e) || !e.MaybeSent || !errors.Is(err, wxpay.ErrOutcomeUnknown) ||
			posts.Load() != 1 {
			t.Errorf("%s: %v; sent %d times", name, err, posts.Load())
		}
		c.CloseIdleConnections()
		s.Close()
	}
}

// A caller's transport that repeats requests may fail to connect after it has sent one.
func TestRepeatingTransportIsInDoubt(t *testing.T) {
	received, dials := 0, 0
	h := network(t, "nowhere", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		received++
		w.WriteHeader(502)
	}))
	inner := h.Transport.(*http.Transport)
	inner.DisableKeepAlives = true
	dial := inner.DialTLSContext
	inner.DialTLSContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		if dials++; dials%2 == 0 {
			return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
		}
		return dial(ctx, network, addr)
	}
	_, err := postOrder(t.Context(),
		direct(t, roundTrip(func(r *http.Request) (*http.Response, error) {
			resp, err := inner.RoundTrip(r)
			if err != nil {
				return nil, err
			}
			_ = resp.Body.Close()
			again := r.Clone(r.Context())
			again.Body, _ = r.GetBody()
			return inner.RoundTrip(again)
		})), anOrder())
	var e *wxpay.TransportError
	if !errors.As(err, &e) || !e.MaybeSent || received != 1 {
		t.Errorf("%v; received %d times", err, received)
	}
}

// A query has no effect, so its outcome is never in doubt.
func TestQueryIsNeverInDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := getOrder(t.Context(), direct(t, failing(t, 500, 404)), "1")
		if !errors.Is(err, wxpay.ErrNotFound) || errors.Is(err, wxpay.ErrOutcomeUnknown) {
			t.Error(err)
		}
	})
}
