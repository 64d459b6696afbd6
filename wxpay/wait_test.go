package wxpay_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// within fails the test if f takes longer than limit.
func within(t *testing.T, limit time.Duration, name string, f func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		return err
	case <-time.After(limit):
		t.Fatalf("%s: still waiting after %v", name, limit)
		return nil
	}
}

// asked are all the ways to make a call.
var asked = map[string]func(context.Context, *wxpay.Client) error{
	"Do": func(ctx context.Context, c *wxpay.Client) error {
		_, err := getOrder(ctx, c, "1")
		return err
	},
	"POST": func(ctx context.Context, c *wxpay.Client) error {
		_, err := postOrder(ctx, c, anOrder())
		return err
	},
	"Chain": func(ctx context.Context, c *wxpay.Client) error {
		return c.Chain("v3/x").Get(ctx, nil, nil)
	},
	"Raw": func(ctx context.Context, c *wxpay.Client) error {
		_, err := c.Raw(ctx, "GET", "/v3/x", nil, nil)
		return err
	},
	"Download": func(ctx context.Context, c *wxpay.Client) error {
		return c.Download(ctx, gen.Call{Name: "test.Download", Method: "GET", Path: "/v3/x",
			Unsigned: true}, io.Discard)
	},
	"DownloadURL": func(ctx context.Context, c *wxpay.Client) error {
		return c.DownloadURL(ctx, "https://api.mch.weixin.qq.com/v3/x", io.Discard)
	},
	"certificates": func(ctx context.Context, c *wxpay.Client) error {
		return c.Certificates().Refresh(ctx)
	},
}

// hijacking sends fixed bytes on the bare connection, which then stays open.
func hijacking(t *testing.T, said string, opts ...wxpay.Option) *wxpay.Client {
	t.Helper()
	released := make(chan struct{})
	t.Cleanup(func() { close(released) })
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		_, _ = io.WriteString(conn, said)
		<-released
	}, opts...)
}

// With a 101, net/http returns the bare connection, and no context ends its reads.
func TestSwitchingProtocolsIsRefused(t *testing.T) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, opts := range map[string][]wxpay.Option{
		"own client": nil, "with a jar": {wxpay.WithHTTPClient(&http.Client{Jar: jar})},
		"with a timeout": {wxpay.WithHTTPClient(&http.Client{Timeout: time.Minute})},
	} {
		opts = append(opts, wxpay.WithTimeout(200*time.Millisecond), wxpay.WithConcurrency(1),
			wxpay.WithCertificates())
		c := hijacking(t, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"+
			"Upgrade: x\r\nRequest-Id: "+requestID+"\r\n\r\n{", opts...)
		for how, ask := range asked { // one after the other: each frees its slot
			err := within(t, 5*time.Second, name+", "+how, func() error {
				return ask(t.Context(), c)
			})
			var e *wxpay.Error
			if !errors.As(err, &e) || e.StatusCode != http.StatusSwitchingProtocols ||
				e.RequestID != requestID || len(e.Body()) != 0 || e.Verified {
				t.Errorf("%s, %s: %v", name, how, err)
			}
			if !errors.Is(err, wxpay.ErrOutcomeUnknown) || errors.Is(err, wxpay.ErrRetryable) {
				t.Errorf("%s, %s: class of %v", name, how, err)
			}
		}
	}
}

// A status below 200 is no reply, whichever transport returns it, and its body is not read.
func TestInterimStatusIsRefused(t *testing.T) {
	for _, status := range []int{-1, 0, 1, 99, 100, 101, 102, 103, 199} {
		c := direct(t, roundTrip(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: make(http.Header), Body: stuck{},
				Request: r}, nil
		}), wxpay.WithCertificates())
		for how, ask := range asked {
			err := within(t, 5*time.Second, strconv.Itoa(status)+", "+how, func() error {
				return ask(t.Context(), c)
			})
			var e *wxpay.Error
			if !errors.As(err, &e) || e.StatusCode != status ||
				!errors.Is(err, wxpay.ErrOutcomeUnknown) {
				t.Errorf("%d, %s: %v", status, how, err)
			}
		}
	}
}

// stuck is a body whose reads never end.
type stuck struct{}

func (stuck) Read([]byte) (int, error) { select {} }

func (stuck) Close() error { return nil }

// A call ends with its attempt's timeout and with the caller's context, even if the reply never
// ends.
func TestRepliesThatDoNotEnd(t *testing.T) {
	t.Parallel()
	for name, said := range map[string]string{
		"nothing":       "",
		"half a header": "HTTP/1.1 200 OK\r\nX: y",
		"no length":     "HTTP/1.1 200 OK\r\n\r\n{",
		"a length":      "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{",
		"a chunk":       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
		"gzip":          "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b",
		"error":         "HTTP/1.1 500 X\r\nContent-Length: 1000\r\n\r\n{",
		"redirect": "HTTP/1.1 302 Found\r\nLocation: /v3/y\r\n" +
			"Content-Length: 1000\r\n\r\n{",
		"continue":           "HTTP/1.1 100 Continue\r\n\r\n",
		"early hints":        "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n",
		"upgrade of nothing": "HTTP/1.1 426 Upgrade Required\r\n\r\n",
	} {
		for kind, opt := range map[string]wxpay.Option{
			"own client":     wxpay.WithCertificates(),
			"with a timeout": wxpay.WithHTTPClient(&http.Client{Timeout: time.Minute}),
		} {
			client := func(more ...wxpay.Option) *wxpay.Client {
				return hijacking(t, said,
					append(more, opt, wxpay.WithConcurrency(1), wxpay.WithCertificates())...)
			}
			for how, ask := range asked {
				t.Run(name+", "+kind+", "+how, func(t *testing.T) {
					t.Parallel()
					endsBothWays(t, client, ask)
				})
			}
		}
	}
}

var once = wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 1})

func endsBothWays(t *testing.T, client func(...wxpay.Option) *wxpay.Client,
	ask func(context.Context, *wxpay.Client) error) {
	hasty, calm := client(wxpay.WithTimeout(20*time.Millisecond)),
		client(wxpay.WithTimeout(time.Minute))
	err := within(t, 10*time.Second, "WithTimeout", func() error { return ask(t.Context(), hasty) })
	if !errors.As(err, new(*wxpay.TransportError)) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("WithTimeout: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	err = within(t, 10*time.Second, "cancelled", func() error { return ask(ctx, calm) })
	if !errors.As(err, new(*wxpay.TransportError)) || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// A caller's transport may return bodies that ignore the context; closing ends them.
func TestBodiesThatKnowNoContext(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"success": 200, "failure": 500, "redirect": 302,
		"no content": 204} {
		client := func(more ...wxpay.Option) *wxpay.Client {
			return direct(t, roundTrip(func(r *http.Request) (*http.Response, error) {
				body, _ := io.Pipe()
				return &http.Response{StatusCode: status, Header: make(http.Header), Body: body,
					ContentLength: -1, Request: r}, nil
			}), append(more, wxpay.WithCertificates(), once)...)
		}
		for how, ask := range asked {
			if status == 204 && (how == "Download" || how == "DownloadURL") { // refused unread
				continue
			}
			t.Run(name+", "+how, func(t *testing.T) { t.Parallel(); endsBothWays(t, client, ask) })
		}
	}
}

// A transport without a body, or with an error beside a reply, breaks its contract. The call still
// ends with an error.
func TestTransportsThatBreakTheirContract(t *testing.T) {
	bare := direct(t, roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 500, Header: make(http.Header), Request: r}, nil
	}), wxpay.WithCertificates(), once)
	for how, ask := range asked {
		if err := ask(t.Context(), bare); !errors.As(err, new(*wxpay.Error)) {
			t.Errorf("%s: %v", how, err)
		}
	}
	var body closing
	both := direct(t, roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: make(http.Header), Body: &body, Request: r},
			io.ErrClosedPipe
	}))
	if _, err := getOrder(t.Context(), both, "1"); !errors.Is(err, io.ErrClosedPipe) ||
		!body.closed {
		t.Errorf("%v, closed %v", err, body.closed)
	}
}

type closing struct {
	bytes.Reader
	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }

// The error of a body that was closed because the caller's context ended says that the context
// ended, even if the body is closed first.
func TestBodyClosedBeforeItsContextEnds(t *testing.T) {
	t.Parallel()
	reading := make(chan struct{})
	client := direct(t, roundTrip(func(r *http.Request) (*http.Response, error) {
		body, _ := io.Pipe()
		close(reading)
		return &http.Response{StatusCode: 500, Header: make(http.Header), Body: body,
			ContentLength: -1, Request: r}, nil
	}), wxpay.WithCertificates(), once)
	ctx := &lastFirst{Context: t.Context(), done: make(chan struct{})}
	go func() {
		<-reading
		time.Sleep(20 * time.Millisecond) // let the call wait for the body
		ctx.cancel()
	}()
	err := asked["POST"](ctx, client)
	if !errors.As(err, new(*wxpay.TransportError)) || !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// lastFirst is a context that tells those who wait for its end in turn, the last first.
type lastFirst struct {
	context.Context
	done chan struct{}

	mu    sync.Mutex
	after []func()
}

func (c *lastFirst) Done() <-chan struct{} { return c.done }

func (c *lastFirst) Err() error {
	select {
	case <-c.done:
		return context.Canceled
	default:
		return nil
	}
}

// AfterFunc is what package context calls for derived contexts and for [context.AfterFunc].
func (c *lastFirst) AfterFunc(f func()) (stop func() bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.after = append(c.after, f)
	return func() bool { return false }
}

func (c *lastFirst) cancel() {
	close(c.done)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range slices.Backward(c.after) {
		go f()
		time.Sleep(20 * time.Millisecond)
	}
}
