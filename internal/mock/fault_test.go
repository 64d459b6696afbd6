package mock_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/mock/caller"
	"github.com/wxgen/wxgen/internal/mock/fault"
)

// spoils maps faults of replies to their effects.
var spoils = map[fault.Kind]struct {
	rule   fault.Rule
	status int // 0 means no reply
	placed bool
	signed bool // the signature is valid
	broken bool // the body cannot be read whole
}{
	fault.Latency: {fault.Rule{Latency: "120ms"}, 200, true, true, false},
	fault.Status: {fault.Rule{Status: 500, Code: "SYSTEM_ERROR"}, 500, false, true,
		false},
	fault.RateLimit:      {fault.Rule{}, 429, false, true, false},
	fault.Unavailable:    {fault.Rule{}, 503, false, false, false},
	fault.Reset:          {fault.Rule{}, 0, false, false, true},
	fault.LostReply:      {fault.Rule{}, 0, true, false, true},
	fault.WrongSignature: {fault.Rule{}, 200, true, false, false},
	fault.Unsigned:       {fault.Rule{}, 200, true, false, false},
	fault.UnknownSerial:  {fault.Rule{}, 200, true, false, false},
	fault.OldTimestamp:   {fault.Rule{}, 200, true, true, false},
	fault.Probe:          {fault.Rule{}, 200, true, false, false},
	fault.Malformed:      {fault.Rule{}, 200, true, true, false},
	fault.Truncated:      {fault.Rule{}, 200, true, false, true},
	fault.Huge:           {fault.Rule{}, 200, true, false, false},
}

// TestFaults causes each fault of replies over a real connection. The reply and the order are as in
// spoils, and the next request is answered as usual.
func TestFaults(t *testing.T) {
	e := newEngine(t, nil)
	s := httptest.NewServer(e)
	t.Cleanup(s.Close)
	c := e.Caller(e.Accounts()[0], s.URL)
	for _, kind := range fault.Kinds {
		want, known := spoils[kind]
		if kind.Callback() {
			continue // package notice tests them
		}
		if !known {
			t.Errorf("fault %s has no test", kind)
			continue
		}
		e.Reset()
		want.rule.Kind, want.rule.Times, want.rule.Path = kind, 1, "/v3/pay/**"
		if _, err := e.Faults().Add(want.rule); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		status, header, body, err := place(t, c, "T0000001")
		if status != want.status || (err != nil) != want.broken {
			t.Errorf("%s: HTTP %d, %v; want %d", kind, status, err, want.status)
		}
		if placed := len(e.Objects("order", "")) == 1; placed != want.placed {
			t.Errorf("%s: the order is placed: %v", kind, placed)
		}
		shown := body[:min(len(body), 1<<20)] // of a huge one, enough is not what was signed
		if ok := c.Verify(header, shown, c.Platform); ok != want.signed {
			t.Errorf("%s: the reply is signed: %v", kind, ok)
		}
		switch at, _ := strconv.ParseInt(header.Get("Wechatpay-Timestamp"), 10, 64); {
		case kind == fault.Latency && time.Since(began) < 120*time.Millisecond,
			kind == fault.OldTimestamp && time.Since(time.Unix(at, 0)) < time.Hour-time.Minute,
			kind == fault.Probe && !strings.HasPrefix(header.Get("Wechatpay-Signature"),
				"WECHATPAY/SIGNTEST/"),
			kind == fault.Malformed && strings.HasSuffix(string(body), "}"),
			kind == fault.Huge && len(body) < 100<<20,
			kind == fault.RateLimit && !strings.Contains(string(body), "FREQUENCY_LIMITED"):
			t.Errorf("%s: %v %.80s", kind, header, body)
		}
		if status, _, _, err := place(t, c, "T0000002"); status != 200 || err != nil {
			t.Errorf("after %s: HTTP %d, %v", kind, status, err)
		}
	}
}

// place places an order, and returns the part of the reply that arrived.
func place(t *testing.T, c *caller.Caller, number string) (int, http.Header, []byte, error) {
	t.Helper()
	req, err := c.Raw(t.Context(), http.MethodPost, orders+"native",
		[]byte(native(number, 100, "")), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, http.Header{}, nil, err
	}
	defer resp.Body.Close()
	var body bytes.Buffer
	body.Grow(int(max(resp.ContentLength, 0)) + bytes.MinRead)
	_, err = body.ReadFrom(resp.Body)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
	return resp.StatusCode, resp.Header, body.Bytes(), err
}
