package wxpay_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// hosts refuses connections to some hosts.
type hosts struct {
	d       *directTransport
	refused []string
	mu      sync.Mutex
	asked   []string
}

func (h *hosts) RoundTrip(r *http.Request) (*http.Response, error) {
	h.mu.Lock()
	h.asked = append(h.asked, r.URL.Host)
	h.mu.Unlock()
	if slices.Contains(h.refused, r.URL.Host) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
	}
	return h.d.RoundTrip(r)
}

func TestBackupHost(t *testing.T) {
	const primary, backup = "api.mch.weixin.qq.com", "api2.mch.weixin.qq.com"
	for _, c := range []struct {
		name    string
		opts    []wxpay.Option
		refused []string
		asked   []string
		ok      bool
	}{
		{"POST over the backup", nil, []string{primary}, []string{primary, backup}, true},
		{"turned off", []wxpay.Option{wxpay.WithBackup("")}, []string{primary},
			[]string{primary, primary, primary}, false},
		{"another", []wxpay.Option{wxpay.WithBackup("b.example")}, []string{primary},
			[]string{primary, "b.example"}, true},
		{"both down", nil, []string{primary, backup}, []string{primary, backup, backup}, false},
		{"own base URL", []wxpay.Option{wxpay.WithBaseURL("https://own.example")},
			[]string{"own.example"}, []string{"own.example", "own.example", "own.example"}, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			h := &hosts{d: inProcessPlatform(t, func(_ request, out *reply) {
				out.body = []byte(`{}`)
			}), refused: c.refused}
			_, err := postOrder(t.Context(), direct(t, h, c.opts...), anOrder())
			if (err == nil) != c.ok || !slices.Equal(h.asked, c.asked) {
				t.Errorf("%s: asked %v, %v", c.name, h.asked, err)
			}
			var e *wxpay.TransportError
			if !c.ok && (!errors.As(err, &e) || e.MaybeSent || e.Host != c.asked[len(c.asked)-1]) {
				t.Errorf("%s: %v", c.name, err)
			}
		})
	}
}

func TestBackupHostIsRemembered(t *testing.T) {
	const primary, backup = "api.mch.weixin.qq.com", "api2.mch.weixin.qq.com"
	synctest.Test(t, func(t *testing.T) {
		h := &hosts{d: inProcessPlatform(t, func(_ request, out *reply) {
			out.body = []byte(`{}`)
		}), refused: []string{primary}}
		c := direct(t, h)
		asked := func(want ...string) {
			t.Helper()
			h.asked = nil
			if _, err := postOrder(t.Context(), c, anOrder()); err != nil ||
				!slices.Equal(h.asked, want) {
				t.Errorf("asked %v, want %v; %v", h.asked, want, err)
			}
		}
		asked(primary, backup)
		asked(backup)
		h.refused = []string{backup}
		asked(backup, primary)
		asked(primary)
		h.refused = []string{primary}
		asked(primary, backup)
		h.refused = nil
		asked(backup)
		time.Sleep(61 * time.Second)
		asked(primary)
	})
}

// network never connects to the host stuck, and connects all other hosts to handler.
func network(t *testing.T, stuck string, handler http.Handler) *http.Client {
	ended := t.Context()
	transport := &http.Transport{DialTLSContext: func(ctx context.Context,
		_, addr string) (net.Conn, error) {
		if strings.HasPrefix(addr, stuck+":") {
			select {
			case <-ctx.Done():
			case <-ended.Done(): // net/http does not end a dial with its request
			}
			return nil, context.Canceled
		}
		near, far := net.Pipe()
		go func() {
			defer far.Close()
			for in := bufio.NewReader(far); ; {
				r, err := http.ReadRequest(in)
				if err != nil {
					return
				}
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, r)
				resp := w.Result()
				resp.ContentLength = int64(w.Body.Len())
				_ = resp.Write(far)
			}
		}()
		return near, nil
	}}
	return &http.Client{Transport: transport}
}

// If packets are dropped, the attempt times out before the dial fails. Nothing was sent, so the
// client asks the backup host.
func TestBackupHostAfterATimeoutWhileConnecting(t *testing.T) {
	const primary = "api.mch.weixin.qq.com"
	get := func(ctx context.Context, c *wxpay.Client, opts ...wxpay.CallOption) error {
		_, err := getOrder(ctx, c, "1", opts...)
		return err
	}
	post := func(ctx context.Context, c *wxpay.Client, opts ...wxpay.CallOption) error {
		_, err := postOrder(ctx, c, anOrder(), opts...)
		return err
	}
	for name, do := range map[string]func(context.Context, *wxpay.Client,
		...wxpay.CallOption) error{"GET": get, "POST": post} {
		for _, perCall := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
				opts, callOpts := []wxpay.Option{wxpay.WithTimeout(2 * time.Second)},
					[]wxpay.CallOption(nil)
				if perCall {
					opts, callOpts = nil, []wxpay.CallOption{wxpay.WithTimeout(2 * time.Second)}
				}
				h := network(t, primary, p)
				start := time.Now()
				if err := do(t.Context(), direct(t, h.Transport, opts...), callOpts...); err !=
					nil || len(p.requests()) != 1 || time.Since(start) != 2*time.Second {
					t.Errorf("%s, limit per call %v: %v after %v", name, perCall, err,
						time.Since(start))
				}
				once := wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 1})
				err := do(t.Context(),
					direct(t, h.Transport, append(opts, wxpay.WithBackup(""), once)...),
					callOpts...)
				var e *wxpay.TransportError
				if !errors.As(err, &e) || e.MaybeSent ||
					!errors.Is(err, context.DeadlineExceeded) ||
					errors.Is(err, wxpay.ErrOutcomeUnknown) {
					t.Errorf("%s, limit per call %v, without a backup: %v", name, perCall, err)
				}
				h.CloseIdleConnections()
			})
		}
	}
}

// A timeout after connecting leaves the outcome in doubt: the request may have taken effect.
func TestTimeoutAfterConnectingIsInDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		h := network(t, "nowhere", http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			asked++
			time.Sleep(time.Minute)
		}))
		_, err := postOrder(t.Context(), direct(t, h.Transport), anOrder())
		var e *wxpay.TransportError
		if !errors.As(err, &e) || !e.MaybeSent || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		time.Sleep(time.Hour)
		h.CloseIdleConnections()
		if synctest.Wait(); asked != 1 {
			t.Errorf("asked %d times", asked)
		}
	})
	// A caller's own transport need not report connections to httptrace.
	_, err := postOrder(t.Context(),
		direct(t, roundTrip(func(*http.Request) (*http.Response, error) { return nil, io.EOF })),
		anOrder())
	var e *wxpay.TransportError
	if !errors.As(err, &e) || !e.MaybeSent || e.Host != "api.mch.weixin.qq.com" {
		t.Errorf("custom transport: %v", err)
	}
}

// The client keeps its connection after every status: connecting costs more time than a call.
func TestConnectionIsKept(t *testing.T) {
	statuses := []int{200, 204, 400, 404}
	n := 0
	p := newPlatform(t, func(_ request, out *reply) {
		if out.status = statuses[n%len(statuses)]; out.status != 204 {
			out.body = []byte(`{"code":"X","message":"` + strings.Repeat("x", 20<<10) + `"}`)
		}
		n++
	})
	var connections atomic.Int32
	s := httptest.NewUnstartedServer(p)
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	s.Start()
	defer s.Close()
	c := newClient(t, s.URL)
	for range 20 {
		_, _ = getOrder(t.Context(), c, "1")
	}
	if len(p.requests()) != 20 || connections.Load() != 1 {
		t.Errorf("%d calls over %d connections", len(p.requests()), connections.Load())
	}
}

// A server without a valid certificate gets no request. The client neither retries nor asks the
// backup host.
func TestDistrustedHostIsSentNothing(t *testing.T) {
	var conns atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("asked")
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			conns.Add(1)
		}
	}
	s.StartTLS()
	defer s.Close()
	var d net.Dialer
	c := direct(t,
		&http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn,
			error) {
			return d.DialContext(ctx, network, s.Listener.Addr().String()) // all hosts
		}})
	_, err := postOrder(t.Context(), c, anOrder())
	var e *wxpay.TransportError
	if !errors.As(err, &e) || e.MaybeSent || e.Host != "api.mch.weixin.qq.com" ||
		conns.Load() != 1 {
		t.Errorf("%v; %d connections", err, conns.Load())
	}
}

// A connection pool without a free connection is no reason to ask the backup host.
func TestBusyPoolIsNoReasonToFailOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []string
		h := network(t, "nowhere", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked = append(asked, r.Host)
			time.Sleep(3 * time.Second)
		}))
		transport := h.Transport.(*http.Transport)
		transport.MaxConnsPerHost = 1
		c := direct(t, transport, wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 1}))
		go func() { _, _ = postOrder(t.Context(), c, anOrder()) }()
		synctest.Wait()
		_, err := postOrder(t.Context(), c, anOrder(), wxpay.WithTimeout(time.Second))
		var e *wxpay.TransportError
		if !errors.As(err, &e) || e.MaybeSent || len(asked) != 1 {
			t.Errorf("%v; asked %v", err, asked)
		}
		time.Sleep(5 * time.Second)
		transport.CloseIdleConnections()
	})
}
