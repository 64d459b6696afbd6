package wxpay_test

import (
	"context"
	"crypto"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
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
	c, err := wxpay.New(testConfig(),
		append([]wxpay.Option{wxpay.WithHTTPClient(&http.Client{Transport: h})}, opts...)...)
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
		// 200 ms and 400 ms, each shortened by up to half
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
	get := func(ctx context.Context, c *wxpay.Client) error {
		_, err := getOrder(ctx, c, "1")
		return err
	}
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
		{"GET, five attempts", get, []int{500, 502, 503, 504, 429},
			[]wxpay.Option{wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 5})}, 5},
		{"GET, turned off", get, []int{500},
			[]wxpay.Option{wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 1})}, 1},
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
						out.header.Set("Retry-After",
							time.Now().Add(7*time.Second).UTC().Format(http.TimeFormat))
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

// The client begins no wait that outlasts the context. The error is that of the last attempt.
func TestNoRetryAfterTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := failing(t, 500, 500, 500)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		start := time.Now()
		_, err := getOrder(ctx, direct(t, d), "1")
		if !errors.As(err, new(*wxpay.Error)) || len(d.p.requests()) != 1 ||
			time.Since(start) != 0 {
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

// hangs never answers, and ends with its request's context.
var hangs = roundTrip(func(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
})

func TestTimeoutPerAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		_, err := getOrder(t.Context(), direct(t, hangs, wxpay.WithTimeout(time.Second),
			wxpay.WithRetry(wxpay.RetryPolicy{MinDelay: 1})), "1")
		var e *wxpay.TransportError
		if !errors.As(err, &e) || e.Attempts != 3 || !e.MaybeSent ||
			time.Since(start).Round(time.Second) != 3*time.Second {
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

// A failure after connecting may have taken effect: a POST is neither repeated nor sent to the
// backup host.
func TestCutOffPostIsNotRepeated(t *testing.T) {
	for name, cause := range map[string]error{
		"reset": &net.OpError{Op: "read", Err: errors.New("connection reset by peer")},
		"EOF":   io.EOF,
	} {
		n := 0
		c := direct(t, roundTrip(func(*http.Request) (*http.Response, error) {
			n++
			return nil, cause
		}))
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

// Clients that fail together retry at different times, and none before half the delay.
func TestDelaysAreSpread(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// as MaxDelay says
		planned := []time.Duration{time.Second, 2 * time.Second, 3 * time.Second, 3 * time.Second}
		var at []time.Time
		d := inProcessPlatform(t, func(_ request, out *reply) {
			at, out.status = append(at, time.Now()), 503
		})
		c := direct(t, d,
			wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 5, MinDelay: time.Second,
				MaxDelay: 3 * time.Second}))
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
