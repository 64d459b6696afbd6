package wxpay_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// The client sends the path that it signed, however odd path and base URL are: the platform
// compares the two.
func TestOddPathsAreSentAsSigned(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	base := p.start().URL
	for _, prefix := range []string{"", "/a!b", "/a'(b)*", "/a[b", "/a%2Fb", "/a%21b", "/支付",
		"/a/"} {
		c := newClient(t, base+prefix)
		for path, args := range map[string][]string{
			"v3/x!y(z)*'": nil, "//evil.example/x": nil, "v3/{a}/{b}": {"a/../b", "!'()*%2F"},
			"v3/{a}": {"..;/支付?#\r\n\x00"},
		} {
			if err := c.Chain(path, args...).Get(t.Context(), nil, nil); err != nil {
				t.Errorf("%s below %q: %v", path, prefix, err)
			}
		}
	}
	for _, r := range p.requests() {
		if strings.Contains(r.URI, "/../") || strings.ContainsAny(r.URI, "#?\r\n ") {
			t.Errorf("sent %q", r.URI)
		}
	}
}

// A value cannot add headers, whichever way it goes into one.
func TestHeadersCannotBeInjected(t *testing.T) {
	c := offlineClient(t, wxpay.WithHTTPClient(&http.Client{Transport: refuse{t}}))
	for _, value := range []string{"a\r\nX-Evil: 1", "a\nb", "a\x00", "a\x7f"} {
		call := gen.Call{Name: "test.Header", Method: "POST", Path: "/v3/x"}
		call.SetHeader("Idempotency-Key", value)
		err := c.Do(t.Context(), call, nil)
		if !errors.As(err, new(*wxpay.InvalidError)) ||
			!strings.Contains(err.Error(), "header Idempotency-Key holds control characters") {
			t.Errorf("SetHeader(%q): %v", value, err)
		}
		for _, opt := range []wxpay.CallOption{wxpay.WithHeader("X", value),
			wxpay.WithHeader(value, "x"), wxpay.WithSerial(value)} {
			if err := c.Do(t.Context(), gen.Call{Method: "POST", Path: "/v3/x"}, nil,
				opt); !errors.As(err, new(*wxpay.InvalidError)) {
				t.Errorf("%q: %v", value, err)
			}
		}
		if _, err := c.Raw(t.Context(), "GET", "/v3/x"+value, nil, nil); !errors.As(err,
			new(*wxpay.InvalidError)) {
			t.Errorf("Raw path %q: %v", value, err)
		}
		if _, err := c.Raw(t.Context(), "GET"+value, "/v3/x", nil, nil); !errors.As(err,
			new(*wxpay.InvalidError)) {
			t.Errorf("Raw method %q: %v", value, err)
		}
		cfg := testConfig()
		cfg.MchID = "1900000001" + value
		if _, err := wxpay.New(cfg); err == nil || strings.Contains(err.Error(), value) {
			t.Errorf("MchID %q: %v", value, err)
		}
	}
}

// A small reply that unpacks to a large one is bounded like one that is large from the start.
func TestGzipBomb(t *testing.T) {
	var part bytes.Buffer
	z := gzip.NewWriter(&part)
	_, _ = io.CopyN(z, zeros{}, 1<<20)
	_ = z.Close()
	bomb := bytes.Repeat(part.Bytes(), 64) // gzip reads members one after the other
	for _, status := range []int{200, 400} {
		p := newPlatform(t, func(_ request, out *reply) {
			out.status, out.body = status, bomb
			out.header.Set("Content-Encoding", "gzip")
		})
		c := p.client()
		var err error
		used := allocated(func() { _, err = getOrder(t.Context(), c, "1") })
		var e *wxpay.Error
		if status == 200 && !errors.As(err, new(*wxpay.BodySizeError)) || status == 400 &&
			(!errors.As(err, &e) || len(e.Body()) != 16<<10) {
			t.Errorf("HTTP %d: %v", status, err)
		}
		if used > 32<<20 {
			t.Errorf("HTTP %d: %d bytes allocated", status, used)
		}
	}
}

func TestHugeReplyHeader(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.header.Set("X", strings.Repeat("x", 1<<20))
	})
	_, err := getOrder(t.Context(), p.client(), "1")
	if !errors.As(err, new(*wxpay.TransportError)) || len(err.Error()) > 1000 {
		t.Errorf("%.500v", err)
	}
}

// The error text of a reply cannot steer the terminal on which it is read.
func TestTransportErrorTextIsTamed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Read(make([]byte, 4096))
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n\x1b[2J\u009bforged\r\n\r\n")
			_ = conn.Close()
		}
	}()
	_, err = getOrder(t.Context(), newClient(t, "http://"+l.Addr().String()), "1")
	if !errors.As(err, new(*wxpay.TransportError)) ||
		strings.ContainsAny(err.Error(), "\x1b\u009b\r\n") {
		t.Errorf("%q", err)
	}
}

// A client that sends notifications with a made-up serial and hangs up causes two downloads of
// certificates at most, and does not stop them.
func TestAbandonedDownloadIsShared(t *testing.T) {
	r := newRotating(t)
	r.use(t, platformKey(), 0xA1)
	release := make(chan struct{})
	c := r.bootstrap(t,
		wxpay.WithHTTPClient(
			&http.Client{Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
				if strings.HasSuffix(req.URL.Path, "/v3/certificates") {
					<-release
				}
				return http.DefaultTransport.RoundTrip(req)
			})}))
	n := newNotification("TRANSACTION.SUCCESS", transaction)
	n.serial = "MADE-UP"
	header, body := n.sign()
	for range 10 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		_, err := c.ParseNotification(ctx, header, body)
		cancel()
		assertStep(t, err, wxpay.StepKey, "MADE-UP")
	}
	done := make(chan error)
	go func() { done <- c.Certificates().Refresh(t.Context()) }()
	close(release)
	if err := <-done; err != nil || !slices.Contains(c.Keys().Serials(), "A1") {
		t.Errorf("%v, %v", err, c.Keys().Serials())
	}
	// the shared one, and one more if it landed before Refresh was called
	if got := r.fetches.Load(); got > 2 {
		t.Errorf("%d downloads", got)
	}
}

// A reply is refused when it is replayed minutes later: its time is signed. (Within the window
// WeChat Pay's signature does not tell two replies apart.)
func TestReplayedReply(t *testing.T) {
	now := time.Now()
	var first *reply
	p := newPlatform(t, func(_ request, out *reply) {
		out.body = []byte(`{"id":"42"}`)
		out.spoil = func(r *reply) {
			if first == nil {
				first = &reply{header: r.header.Clone(), body: r.body}
			}
			r.header, r.body = first.header.Clone(), first.body
		}
	})
	c := p.client(wxpay.WithClock(func() time.Time { return now }))
	p.now = func() time.Time { return now }
	if _, err := getOrder(t.Context(), c, "1"); err != nil {
		t.Fatal(err)
	}
	now = now.Add(6 * time.Minute)
	var v *wxpay.VerifyError
	if _, err := getOrder(t.Context(), c, "1"); !errors.As(err, &v) ||
		v.Step != wxpay.StepTimestamp || v.Serial != publicID {
		t.Errorf("%v", err)
	}
}

// A notification that is replayed within its window carries the id of the first. The handler skips
// and reports it.
func TestReplayedNotification(t *testing.T) {
	var mux wxpay.NotificationMux
	handled := 0
	mux.Fallback(func(context.Context, *wxpay.Event) error { handled++; return nil })
	var reported []error
	h := offlineClient(t).NotificationHandler(&mux,
		wxpay.WithSeen(wxpay.NewMemorySeen(10, time.Hour, nil)),
		wxpay.WithNotificationErrors(func(_ context.Context, err error) {
			reported = append(reported, err)
		}))
	header, body := newNotification("TRANSACTION.SUCCESS", transaction).sign()
	for range 3 {
		r := httptest.NewRequest(http.MethodPost, "/notify", bytes.NewReader(body))
		r.Header = header
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != http.StatusNoContent {
			t.Errorf("HTTP %d", w.Code)
		}
	}
	if handled != 1 || len(reported) != 2 {
		t.Fatalf("handled %d times, reported %v", handled, reported)
	}
	for _, err := range reported {
		assertStep(t, err, wxpay.StepSeen, "handled before")
		if !errors.Is(err, wxpay.ErrSeenEvent) || !strings.Contains(err.Error(), publicID) ||
			!strings.Contains(err.Error(), "EV-2018022511223320873") {
			t.Errorf("%v", err)
		}
	}
}

// A line feed in the nonce would move the border between nonce and body in the signed message.
func TestControlCharactersInTheNonce(t *testing.T) {
	for _, nonce := range []string{"a\nb", "a\n", "\na", "a\rb", "a\x00b", "a\tb", "a\x1bb",
		"a\x7fb"} {
		for _, status := range []int{200, 404} {
			d := inProcessPlatform(t, func(_ request, out *reply) {
				out.status, out.body = status, []byte(`{"id":"42","code":"ORDER_NOT_EXIST"}`)
				out.spoil = func(r *reply) {
					signReply(platformKey(), publicID, r.header.Get("Wechatpay-Timestamp"),
						nonce, r)
				}
			})
			resp, err := getOrder(t.Context(), direct(t, d), "1")
			var v *wxpay.VerifyError
			if !errors.As(err, &v) || v.Step != wxpay.StepHeaders ||
				errors.Is(err, wxpay.ErrNotFound) || resp.ID != "" {
				t.Errorf("%q, HTTP %d: %v", nonce, status, err)
			}
		}
		header, body := newNotification("TRANSACTION.SUCCESS", transaction).sign()
		out := &reply{header: header, body: body}
		signReply(platformKey(), publicID, header.Get("Wechatpay-Timestamp"), nonce, out)
		_, err := offlineClient(t).ParseNotification(t.Context(), header, body)
		assertStep(t, err, wxpay.StepHeaders, "Wechatpay-Nonce holds control characters")
	}
}

// A signature that names another algorithm is refused, even if it is valid as SHA256-RSA2048.
func TestSignatureType(t *testing.T) {
	const name, ours, sm = "Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048",
		"WECHATPAY2-SM2-WITH-SM3"
	for _, test := range []struct {
		header http.Header
		ok     bool
	}{
		{http.Header{name: {ours}}, true},
		{http.Header{"wechatpay-signature-type": {ours}}, true},
		{http.Header{name: {sm}}, false},
		{http.Header{name: {strings.ToLower(ours)}}, false},
		{http.Header{name: {ours + "x"}}, false},
		{http.Header{name: {""}}, false},
		{http.Header{name: {ours, ours}}, false},
		{http.Header{name: {ours, sm}}, false},
		{http.Header{"wechatpay-signature-type": {sm}}, false},
		{http.Header{"WECHATPAY-SIGNATURE-TYPE": {sm}}, false},
		{http.Header{name: {ours}, "wechatpay-signature-type": {sm}}, false},
	} {
		for _, status := range []int{200, 404} {
			p := newPlatform(t, func(_ request, out *reply) {
				out.status, out.body = status, []byte(`{"id":"42","code":"ORDER_NOT_EXIST"}`)
				maps.Copy(out.header, test.header)
			})
			resp, err := getOrder(t.Context(), p.client(), "1")
			var v *wxpay.VerifyError
			switch refused := errors.As(err, &v); {
			case refused == test.ok || refused && (v.Step != wxpay.StepHeaders || resp.ID != ""):
				t.Errorf("%v, HTTP %d: %v", test.header, status, err)
			case errors.Is(err, wxpay.ErrNotFound) != (test.ok && status == 404):
				t.Errorf("%v, HTTP %d, class: %v", test.header, status, err)
			}
		}
		header, body := newNotification("TRANSACTION.SUCCESS", transaction).sign()
		maps.Copy(header, test.header)
		_, err := offlineClient(t).ParseNotification(t.Context(), header, body)
		if test.ok && err != nil {
			t.Errorf("%v: %v", test.header, err)
		}
		if !test.ok {
			assertStep(t, err, wxpay.StepHeaders, name)
		}
	}
}

// An unsigned reply can hold a long list of details. An element of four bytes must not allocate a
// hundred.
func TestManyDetailsAllocateLittle(t *testing.T) {
	body := []byte(`{"code":"X","detail":[{"field":"/a"}` + strings.Repeat(",{}", 1_390_000) + "]}")
	c := direct(t, roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 400, Header: make(http.Header),
				Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
				Request: r},
			nil
	}))
	var err error
	used := allocated(func() { _, err = getOrder(t.Context(), c, "1") })
	var e *wxpay.Error
	if !errors.As(err, &e) || e.Code != "X" || e.Detail.Field != "/a" {
		t.Errorf("%.200v", err)
	}
	if used > 100<<20 {
		t.Errorf("%d bytes allocated for a reply of %d", used, len(body))
	}
}
