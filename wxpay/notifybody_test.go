package wxpay_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// pipeListener accepts one connection, for fake time.
type pipeListener struct {
	conn   chan net.Conn
	closed chan struct{}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conn:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error { close(l.closed); return nil }

func (*pipeListener) Addr() net.Addr { return &net.TCPAddr{} }

// dialHandler serves h to one connection, and returns its other end.
func dialHandler(t *testing.T, h http.Handler, edit func(*http.Server)) net.Conn {
	t.Helper()
	l := &pipeListener{conn: make(chan net.Conn, 1), closed: make(chan struct{})}
	srv := &http.Server{Handler: h}
	edit(srv)
	go srv.Serve(l)
	ours, theirs := net.Pipe()
	l.conn <- theirs
	t.Cleanup(func() {
		ours.Close()
		srv.Close()
		time.Sleep(time.Second) // net/http lingers for half a second, of fake time
	})
	return ours
}

func as(*http.Server) {}

// head returns the bytes before the body of n on the wire.
func head(n *notification) (head string, body []byte) {
	header, body := n.sign()
	var b strings.Builder
	fmt.Fprintf(&b, "POST /notify HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n", len(body))
	_ = header.Write(&b)
	return b.String() + "\r\n", body
}

// readFor reads a reply, and returns how long that took.
func readFor(t *testing.T, conn net.Conn) (*http.Response, time.Duration) {
	t.Helper()
	start := time.Now()
	_ = conn.SetReadDeadline(start.Add(time.Hour))
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	return resp, time.Since(start)
}

// A client that sends only the headers of a notification does not hold a handler for ever. WeChat
// Pay itself waits five seconds.
func TestNotificationBodyThatDoesNotCome(t *testing.T) {
	for name, sent := range map[string]int{"nothing": 0, "one byte": 1, "all but one": -1} {
		synctest.Test(t, func(t *testing.T) {
			var seen faults
			var mux wxpay.NotificationMux
			h := offlineClient(t).NotificationHandler(&mux,
				wxpay.WithNotificationErrors(seen.report))
			conn := dialHandler(t, h, as)
			head, body := head(newNotification("A", "{}"))
			if sent < 0 {
				sent += len(body)
			}
			if _, err := io.WriteString(conn, head+string(body[:sent])); err != nil {
				t.Fatal(err)
			}
			resp, took := readFor(t, conn)
			if resp.StatusCode != http.StatusRequestEntityTooLarge || took > 6*time.Second {
				t.Errorf("%s: HTTP %d after %v", name, resp.StatusCode, took)
			}
			assertStep(t, seen.last(), wxpay.StepSize, "did not arrive within 5s")
		})
	}
}

// The limit is for the body: a handler may take longer, and its context lives as long as the
// request.
func TestNotificationHandlerMayTakeLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mux wxpay.NotificationMux
		mux.Fallback(func(ctx context.Context, _ *wxpay.Event) error {
			time.Sleep(time.Minute)
			return ctx.Err()
		})
		conn := dialHandler(t, offlineClient(t).NotificationHandler(&mux), as)
		for range 2 { // the connection stays good for the next
			head, body := head(newNotification("A", "{}"))
			if _, err := io.WriteString(conn, head+string(body)); err != nil {
				t.Fatal(err)
			}
			if resp, took := readFor(t, conn); resp.StatusCode != http.StatusNoContent ||
				took != time.Minute {
				t.Errorf("HTTP %d after %v", resp.StatusCode, took)
			}
		}
	})
}

// A server's own ReadTimeout applies instead of the handler's limit.
func TestNotificationServerWithAReadTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mux wxpay.NotificationMux
		h := offlineClient(t).NotificationHandler(&mux, wxpay.WithNotificationErrors(nil))
		conn := dialHandler(t, h, func(s *http.Server) { s.ReadTimeout = 2 * time.Second })
		head, _ := head(newNotification("A", "{}"))
		if _, err := io.WriteString(conn, head); err != nil {
			t.Fatal(err)
		}
		if resp, took := readFor(t, conn); resp.StatusCode != http.StatusRequestEntityTooLarge ||
			took > 3*time.Second {
			t.Errorf("HTTP %d after %v", resp.StatusCode, took)
		}
	})
}

// If a framework's writer has no deadlines, the handler closes the body after five seconds or when
// the request's context ends.
func TestNotificationBodyWithoutDeadlines(t *testing.T) {
	for name, limit := range map[string]time.Duration{"limit": time.Hour, "context": time.Second} {
		synctest.Test(t, func(t *testing.T) {
			var seen faults
			var mux wxpay.NotificationMux
			h := offlineClient(t).NotificationHandler(&mux,
				wxpay.WithNotificationErrors(seen.report))
			ctx, cancel := context.WithTimeout(t.Context(), limit)
			defer cancel()
			body, _ := io.Pipe()
			r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/notify", body)
			r.Header, _ = newNotification("A", "{}").sign()
			start, w := time.Now(), httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if took := time.Since(start); w.Code != http.StatusRequestEntityTooLarge ||
				took > 5*time.Second || took > limit {
				t.Errorf("%s: HTTP %d after %v", name, w.Code, took)
			}
			assertStep(t, seen.last(), wxpay.StepSize, "")
		})
	}
}

// A handler refuses bad headers before it reads a byte of the body.
func TestNotificationHeadersAreJudgedFirst(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(http.Header)
		step  wxpay.VerifyStep
	}{
		"no signature": {func(h http.Header) { h.Del("Wechatpay-Signature") }, wxpay.StepHeaders},
		"two serials": {func(h http.Header) {
			h.Add("Wechatpay-Serial", "A")
		}, wxpay.StepHeaders},
		"old": {func(h http.Header) {
			h.Set("Wechatpay-Timestamp", "1600000000")
		}, wxpay.StepTimestamp},
		"unknown serial": {func(h http.Header) { h.Set("Wechatpay-Serial", "A") }, wxpay.StepKey},
		"no base64": {func(h http.Header) {
			h.Set("Wechatpay-Signature", "?")
		}, wxpay.StepSignature},
		"probe": {func(h http.Header) {
			h.Set("Wechatpay-Signature", "WECHATPAY/SIGNTEST/x")
		}, wxpay.StepSignature},
	} {
		var seen faults
		var mux wxpay.NotificationMux
		h := offlineClient(t).NotificationHandler(&mux, wxpay.WithNotificationErrors(seen.report))
		r := httptest.NewRequest(http.MethodPost, "/notify", unread{t})
		r.Header, _ = newNotification("A", "{}").sign()
		test.spoil(r.Header)
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != http.StatusUnauthorized {
			t.Errorf("%s: HTTP %d", name, w.Code)
		}
		assertStep(t, seen.last(), test.step, "")
		if probe := name == "probe"; errors.Is(seen.last(), wxpay.ErrSignatureProbe) != probe {
			t.Errorf("%s: %v", name, seen.last())
		}
	}
}

// unread is a body that fails the test when it is read.
type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) { u.t.Error("the body was read"); return 0, io.EOF }

// Every call of a store has a deadline, since the store may have no limit of its own.
func TestSeenStoreIsGivenALimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mux wxpay.NotificationMux
		var seen faults
		mux.Fallback(func(context.Context, *wxpay.Event) error { t.Error("handled"); return nil })
		h := offlineClient(t).NotificationHandler(&mux, wxpay.WithSeen(slowStore{}),
			wxpay.WithNotificationErrors(seen.report))
		start := time.Now()
		resp := deliver(h, newNotification("A", "{}"))
		if took := time.Since(start); resp.StatusCode != http.StatusInternalServerError ||
			took > 10*time.Second || !errors.Is(seen.last(), context.DeadlineExceeded) {
			t.Errorf("HTTP %d after %v: %v", resp.StatusCode, took, seen.last())
		}
	})
}

// slowStore answers when its context ends.
type slowStore struct{}

func (slowStore) Claim(ctx context.Context, _ string) (wxpay.Claim, error) {
	<-ctx.Done()
	return 0, ctx.Err()
}

func (slowStore) Settle(context.Context, string, bool) error { return nil }
