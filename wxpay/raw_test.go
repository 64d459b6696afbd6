package wxpay_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

func TestRaw(t *testing.T) {
	p := newPlatform(t, func(req request, out *reply) {
		if out.body = []byte("{ \"as\" : \"it is\" }\n"); req.Method == "PUT" {
			out.status, out.body = 404, []byte(`{"code":"NOT_FOUND"}`)
		}
	})
	c := p.client()
	body := []byte("{ \"not\" :\t\"compacted\" }")
	raw, err := c.Raw(t.Context(), "POST", "/v3/a%2Fb/c?x=1&y=%20",
		http.Header{"X-Trace": {"1", "2"}}, body)
	if err != nil || raw.StatusCode != 200 || string(raw.Body) != "{ \"as\" : \"it is\" }\n" ||
		raw.Header.Get("Request-Id") != requestID {
		t.Fatalf("%+v, %v", raw, err)
	}
	if got := p.requests()[0]; got.URI != "/v3/a%2Fb/c?x=1&y=%20" || !bytes.Equal(got.Body, body) ||
		len(got.Header["X-Trace"]) != 2 {
		t.Errorf("sent %+v", got)
	}
	raw, err = c.Raw(t.Context(), "PUT", "/v3/a", nil, nil)
	if !errors.Is(err, wxpay.ErrNotFound) || raw == nil || raw.StatusCode != 404 {
		t.Errorf("error reply: %v", err)
	}
	for _, bad := range []string{"", "v3/a", "https://example.com/v3", "/v3/a b", "/v3/\n",
		"/v3/%zz", "/v3/ü", "/v3?q=a b"} {
		if _, err := c.Raw(t.Context(), "GET", bad, nil, nil); !errors.As(err,
			new(*wxpay.InvalidError)) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := c.Raw(t.Context(), "GE T", "/v3", nil, nil); !errors.As(err,
		new(*wxpay.InvalidError)) {
		t.Error(err)
	}
	if _, err := c.Raw(t.Context(), "GET", "/v3", http.Header{"Authorization": {"x"}},
		nil); !errors.As(err, new(*wxpay.InvalidError)) {
		t.Error(err)
	}
	if len(p.requests()) != 2 {
		t.Error("a bad raw call was sent")
	}
}

func TestRawResponseOption(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{"id":"42","news":1}`) })
	var raw wxpay.RawResponse
	if _, err := getOrder(t.Context(), p.client(), "1", wxpay.WithRawResponse(&raw)); err != nil ||
		string(raw.Body) != `{"id":"42","news":1}` || raw.StatusCode != 200 {
		t.Errorf("%s, %v", raw.Body, err)
	}
}

// Options for the request, and for the reply, apply to raw calls as well.
func TestRawWithOptions(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{"id":"42"}`) })
	c := p.client()
	var mine wxpay.RawResponse
	raw, err := c.Raw(t.Context(), "POST", "/v3/x", nil, []byte(`{ "a" : 1 }`),
		wxpay.WithRawResponse(&mine), wxpay.WithField("b", 2))
	if err != nil || string(raw.Body) != `{"id":"42"}` || raw.StatusCode != 200 ||
		string(mine.Body) != `{"id":"42"}` || mine.StatusCode != 200 {
		t.Fatalf("returned %+v, filled %+v, %v", raw, mine, err)
	}
	var body struct{ A, B int }
	if err := json.Unmarshal(p.requests()[0].Body, &body); err != nil || body.A != 1 ||
		body.B != 2 {
		t.Errorf("sent %s", p.requests()[0].Body)
	}
	if _, err := c.Raw(t.Context(), "POST", "/v3/x", nil, nil, wxpay.WithField("b", 2)); err !=
		nil || string(p.requests()[1].Body) != `{"b":2}` {
		t.Errorf("%v, sent %s", err, p.requests()[1].Body)
	}
	if _, err := c.Raw(t.Context(), "POST", "/v3/x", nil, []byte(`{"b":1}`),
		wxpay.WithField("b", 2)); !errors.As(err, new(*wxpay.InvalidError)) {
		t.Errorf("a field that is there: %v", err)
	}
}

// net/http may go on sending after an early reply. Changes that the caller then makes to its buffer
// must not be sent under the old signature.
func TestRawCopiesTheBody(t *testing.T) {
	var sending io.Reader
	c := direct(t, roundTrip(func(r *http.Request) (*http.Response, error) {
		sending = r.Body
		return &http.Response{StatusCode: 400, Header: make(http.Header), Body: http.NoBody,
			Request: r}, nil
	}))
	body := []byte(`{"a":1}`)
	if _, err := c.Raw(t.Context(), "POST", "/v3/x", nil, body); !errors.Is(err,
		wxpay.ErrBadRequest) {
		t.Error(err)
	}
	sent := make(chan string)
	go func() { // at the same time, for the race detector
		b, _ := io.ReadAll(sending)
		sent <- string(b)
	}()
	copy(body, "another")
	if got := <-sent; got != `{"a":1}` {
		t.Errorf("sent %s", got)
	}
}

// WithField adds to the object even if white space follows it.
func TestRawWithFieldBehindWhiteSpace(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	c := p.client()
	for body, want := range map[string]string{"{\"a\":1} \r\n\t": `{"a":1,"b":2}`,
		"{}\n": `{"b":2}`, "null": `{"b":2}`} {
		if _, err := c.Raw(t.Context(), "POST", "/v3/x", nil, []byte(body),
			wxpay.WithField("b", 2)); err != nil {
			t.Error(err)
			continue
		}
		if got := p.requests(); string(got[len(got)-1].Body) != want {
			t.Errorf("%q: sent %s", body, got[len(got)-1].Body)
		}
	}
}
