package wxpay_test

import (
	"context"
	"crypto"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// failing answers with the given statuses in turn, and well after that.
func failing(t *testing.T, statuses ...int) *directTransport {
	return inProcessPlatform(t, func(_ request, out *reply) {
		out.body = []byte(`{"id":"42"}`)
		if len(statuses) > 0 {
			out.status, statuses = statuses[0], statuses[1:]
			out.body = []byte(`{"code":"SYSTEM_ERROR"}`)
			if out.status == 404 {
				out.body = []byte(`{"code":"ORDER_NOT_EXIST"}`)
			}
		}
	})
}

func direct(t *testing.T, h http.RoundTripper, opts ...wxpay.Option) *wxpay.Client {
	t.Helper()
	c, err := wxpay.New(testConfig(), append([]wxpay.Option{wxpay.WithHTTPClient(&http.Client{Transport: h})}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRetrySignsAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := failing(t, 500, 429)
		start := time.Now()
		resp, err := getOrder(t.Context(), direct(t, d), "1")
		if err != nil || resp.ID != "42" {
			t.Fatal(err)
		}
		seen := d.p.requests()
		if len(seen) != 3 || seen[0].Nonce == seen[1].Nonce || seen[1].Nonce == seen[2].Nonce {
			t.Errorf("%d attempts", len(seen))
		}
		// 200 ms and 400 ms, up to half off each.
		if took := time.Since(start); took < 300*time.Millisecond || took > 600*time.Millisecond {
			t.Errorf("took %v", took)
		}
	})
}

func TestWhatIsRetried(t *testing.T) {
	post := func(opts ...wxpay.CallOption) func(context.Context, *wxpay.Client) error {
		return func(ctx context.Context, c *wxpay.Client) error {
			_, err := postOrder(ctx, c, anOrder(), opts...)
			return err
		}
	}
	get := func(ctx context.Context, c *wxpay.Client) error { _, err := getOrder(ctx, c, "1"); return err }
	marked := func(ctx context.Context, c *wxpay.Client) error {
		return c.Do(ctx, gen.Call{Name: "t", Method: "POST", Path: "/v3/x", Idempotent: true}, nil)
	}
	for _, c := range []struct {
		name     string
		do       func(context.Context, *wxpay.Client) error
		statuses []int
		opts     []wxpay.Option
		attempts int
	}{
		{"GET", get, []int{500, 502, 503}, nil, 3},
		{"GET, five attempts", get, []int{500, 502, 503, 504, 429}, []wxpay.Option{wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 5})}, 5},
		{"GET, turned off", get, []int{500}, []wxpay.Option{wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 1})}, 1},
		{"GET, not found", get, []int{404}, nil, 1},
		{"POST", post(), []int{500}, nil, 1},
		{"POST, said to be idempotent", post(wxpay.WithIdempotent()), []int{500}, nil, 2},
		{"POST, marked", marked, []int{500, 429}, nil, 3},
	} {
		synctest.Test(t, func(t *testing.T) {
			d := failing(t, c.statuses...)
			err := c.do(t.Context(), direct(t, d, c.opts...))
			if len(d.p.requests()) != c.attempts || (err == nil) != (c.attempts > len(c.statuses)) {
				t.Errorf("%s: %d attempts, %v", c.name, len(d.p.requests()), err)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	for _, c := range []struct {
		header   string
		wait     time.Duration
		attempts int
	}{
		{"7", 7 * time.Second, 2},
		{"date", 7 * time.Second, 2},
		{"31", 0, 1}, // longer than MaxRetryAfter
		{"99999999999999999999", 0, 1},
		{"soon", 200 * time.Millisecond, 2},
		{"-5", 200 * time.Millisecond, 2},
	} {
		synctest.Test(t, func(t *testing.T) {
			n := 0
			d := inProcessPlatform(t, func(_ request, out *reply) {
				if out.body = []byte(`{}`); n == 0 {
					out.status = 429
					out.header.Set("Retry-After", c.header)
					if c.header == "date" {
						out.header.Set("Retry-After", time.Now().Add(7*time.Second).UTC().Format(http.TimeFormat))
					}
				}
				n++
			})
			start := time.Now()
			_, err := getOrder(t.Context(), direct(t, d), "1")
			if took := time.Since(start); n != c.attempts || took > c.wait || took < c.wait/2 {
				t.Errorf("%s: %d attempts in %v, %v", c.header, n, took, err)
			}
			if c.attempts == 1 && !errors.Is(err, wxpay.ErrRateLimited) {
				t.Errorf("%s: %v", c.header, err)
			}
		})
	}
}

// A wait that outlasts the context is not begun; the error is that of the last attempt.
func TestNoRetryAfterTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := failing(t, 500, 500, 500)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		start := time.Now()
		_, err := getOrder(ctx, direct(t, d), "1")
		if !errors.As(err, new(*wxpay.Error)) || len(d.p.requests()) != 1 || time.Since(start) != 0 {
			t.Errorf("%d attempts, %v", len(d.p.requests()), err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		d := failing(t)
		_, err := getOrder(ctx, direct(t, d), "1")
		var e *wxpay.TransportError
		if !errors.As(err, &e) || e.MaybeSent || e.Attempts != 0 || len(d.p.requests()) != 0 {
			t.Errorf("cancelled before: %v", err)
		}
	})
}

// hangs never answers, but ends with its request's context.
var hangs = roundTrip(func(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
})

func TestTimeoutPerAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		_, err := getOrder(t.Context(), direct(t, hangs, wxpay.WithTimeout(time.Second), wxpay.WithRetry(wxpay.RetryPolicy{MinDelay: 1})), "1")
		var e *wxpay.TransportError
		if !errors.As(err, &e) || e.Attempts != 3 || !e.MaybeSent || time.Since(start).Round(time.Second) != 3*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		_, err := postOrder(t.Context(), direct(t, hangs), anOrder())
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != wxpay.DefaultTimeout {
			t.Errorf("default: %v after %v", err, time.Since(start))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		_, err := getOrder(ctx, direct(t, hangs), "1")
		var e *wxpay.TransportError
		if !errors.As(err, &e) || e.Attempts != 1 || strings.Contains(err.Error(), "WithTimeout") {
			t.Errorf("the caller's: %v", err)
		}
	})
}

// What fails after the connection may have taken effect: a POST is neither repeated nor sent
// elsewhere.
func TestCutOffPostIsNotRepeated(t *testing.T) {
	for name, cause := range map[string]error{"reset": &net.OpError{Op: "read", Err: errors.New("connection reset by peer")}, "EOF": io.EOF} {
		n := 0
		c := direct(t, roundTrip(func(*http.Request) (*http.Response, error) { n++; return nil, cause }))
		_, err := postOrder(t.Context(), c, anOrder())
		var e *wxpay.TransportError
		if !errors.As(err, &e) || !e.MaybeSent || n != 1 || !errors.Is(err, cause) {
			t.Errorf("%s: %d attempts, %v", name, n, err)
		}
	}
}

// signsOnce is an HSM that goes down after its first signature.
type signsOnce struct {
	crypto.Signer
	signed int
}

func (s *signsOnce) Sign(rand io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	if s.signed++; s.signed > 1 {
		return nil, errors.New("HSM is down")
	}
	return s.Signer.Sign(rand, digest, opts)
}

// What an earlier attempt may have done is not forgotten when a later one fails in another way.
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
		{"refused for its rate, then never connected", []any{429, dial, dial}, false, false, &transport},
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
			d := inProcessPlatform(t, func(_ request, out *reply) { out.status, out.body = c.attempts[0].(int), []byte(`{"code":"X"}`) })
			cfg := testConfig()
			if c.hsm {
				cfg.PrivateKey = &signsOnce{Signer: cfg.PrivateKey}
			}
			client, err := wxpay.New(cfg, wxpay.WithBackup(""), wxpay.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
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
			if !errors.As(err, c.as) || errors.Is(err, wxpay.ErrOutcomeUnknown) != c.unknown || len(c.attempts) > 0 {
				t.Errorf("%s: %v; %v left", c.name, err, c.attempts)
			}
			if c.as == &transport && strings.HasSuffix(err.Error(), "(not sent)") == c.unknown {
				t.Errorf("%s: %v", c.name, err)
			}
		})
	}
}

// A key that asks for no repetition must not make net/http repeat the request, and then tell that
// it could not connect.
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
		if !errors.As(err, &e) || !e.MaybeSent || !errors.Is(err, wxpay.ErrOutcomeUnknown) || posts.Load() != 1 {
			t.Errorf("%s: %v; sent %d times", name, err, posts.Load())
		}
		c.CloseIdleConnections()
		s.Close()
	}
}

// Clients that fail together must not come back together; and none comes back before half the delay
// is over.
func TestDelaysAreSpread(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// as MaxDelay says
		planned := []time.Duration{time.Second, 2 * time.Second, 3 * time.Second, 3 * time.Second}
		var at []time.Time
		d := inProcessPlatform(t, func(_ request, out *reply) { at, out.status = append(at, time.Now()), 503 })
		c := direct(t, d, wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 5, MinDelay: time.Second, MaxDelay: 3 * time.Second}))
		seen := make([]map[time.Duration]bool, len(planned))
		for range 20 {
			at = nil
			if _, err := getOrder(t.Context(), c, "1"); err == nil || len(at) != 5 {
				t.Fatalf("%d attempts, %v", len(at), err)
			}
			for i, want := range planned {
				got := at[i+1].Sub(at[i])
				if got < want/2 || got > want {
					t.Errorf("delay %d is %v, planned %v", i+1, got, want)
				}
				if seen[i] == nil {
					seen[i] = make(map[time.Duration]bool)
				}
				seen[i][got] = true
			}
		}
		for i := range seen {
			if len(seen[i]) < 10 {
				t.Errorf("delay %d had %d values in 20 calls", i+1, len(seen[i]))
			}
		}
	})
}

// A transport of the caller's that repeats requests by itself may fail to connect after it has sent
// one.
func TestRepeatingTransportIsInDoubt(t *testing.T) {
	received, dials := 0, 0
	h := network(t, "nowhere", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { received++; w.WriteHeader(502) }))
	inner := h.Transport.(*http.Transport)
	inner.DisableKeepAlives = true
	dial := inner.DialTLSContext
	inner.DialTLSContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		if dials++; dials%2 == 0 {
			return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
		}
		return dial(ctx, network, addr)
	}
	_, err := postOrder(t.Context(), direct(t, roundTrip(func(r *http.Request) (*http.Response, error) {
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

// A query has no effect that could be in doubt: its last answer counts.
func TestQueryIsNeverInDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := getOrder(t.Context(), direct(t, failing(t, 500, 404)), "1")
		if !errors.Is(err, wxpay.ErrNotFound) || errors.Is(err, wxpay.ErrOutcomeUnknown) {
			t.Error(err)
		}
	})
}
