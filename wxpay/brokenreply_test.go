package wxpay_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// serve answers with a handler that breaks connections.
func serve(t *testing.T, h http.HandlerFunc, opts ...wxpay.Option) *wxpay.Client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return newClient(t, s.URL, opts...)
}

func TestTruncatedBody(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"id":"42"`)
	})
	_, err := getOrder(t.Context(), c, "13800138000")
	var e *wxpay.TransportError
	if !errors.As(err, &e) || !errors.Is(err, io.ErrUnexpectedEOF) || e.StatusCode != 200 ||
		!e.MaybeSent || !strings.Contains(err.Error(), "cut off") {
		t.Fatalf("got %v", err)
	}
}

func TestSlowBodyEndsWithTheContext(t *testing.T) {
	slow := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{`)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := getOrder(ctx, serve(t, slow), "1")
	if !errors.As(err, new(*wxpay.TransportError)) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("context: %v", err)
	}
	_, err = getOrder(t.Context(), serve(t, slow, wxpay.WithTimeout(50*time.Millisecond)), "1")
	if !errors.As(err, new(*wxpay.TransportError)) || !errors.Is(err, context.DeadlineExceeded) ||
		!strings.Contains(err.Error(), "WithTimeout") {
		t.Errorf("WithTimeout: %v", err)
	}
	cancelled, stop := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, stop)
	_, err = getOrder(cancelled, serve(t, slow), "1")
	if !errors.Is(err, context.Canceled) || errors.Is(err, wxpay.ErrRetryable) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestConnectionRefusedKeepsTheURLToItself(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	c := newClient(t, s.URL)
	s.Close()
	_, err := getOrder(t.Context(), c, "13800138000")
	var e *wxpay.TransportError
	if !errors.As(err, &e) || e.MaybeSent || !strings.Contains(err.Error(), "(not sent)") ||
		strings.Contains(err.Error(), "13800138000") || strings.Contains(err.Error(), "mchid=") {
		t.Fatalf("got %v", err)
	}
	if !errors.Is(err, wxpay.ErrRetryable) {
		t.Error("not retryable")
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("followed with Authorization %q", r.Header.Get("Authorization"))
	}))
	defer elsewhere.Close()
	redirect := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL, http.StatusFound)
	}
	for name, opt := range map[string][]wxpay.Option{
		"own client":     nil,
		"with a timeout": {wxpay.WithHTTPClient(&http.Client{Timeout: time.Minute})},
	} {
		_, err := getOrder(t.Context(), serve(t, redirect, opt...), "1")
		var e *wxpay.Error
		if !errors.As(err, &e) || e.StatusCode != http.StatusFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTransportWithoutResponse(t *testing.T) {
	c := newClient(t, "http://127.0.0.1:1",
		wxpay.WithHTTPClient(&http.Client{
			Transport: roundTrip(func(*http.Request) (*http.Response, error) { return nil, nil }),
		}))
	if _, err := getOrder(t.Context(), c, "1"); !errors.As(err, new(*wxpay.TransportError)) {
		t.Errorf("got %v", err)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
