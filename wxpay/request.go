package wxpay

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// outgoing is what one request needs besides the request itself, in one piece of memory.
type outgoing struct {
	url    url.URL
	body   requestBody
	values [5]string // of the headers
	set    int
	trace  httptrace.ClientTrace
	sought atomic.Bool // net/http began to look for a connection
	found  atomic.Bool // and got one
}

// traced has net/http tell o about connections: what its errors say of them is not enough, as an
// attempt's timeout may hide them.
func (o *outgoing) traced(ctx context.Context) context.Context {
	o.trace.GetConn = func(string) { o.sought.Store(true) }
	o.trace.GotConn = func(info httptrace.GotConnInfo) {
		o.found.Store(true)
		beginOn(info.Conn, &o.trace)
	}
	return httptrace.WithClientTrace(ctx, &o.trace)
}

// requestBody reads the bytes that were signed.
type requestBody struct{ bytes.Reader }

func (*requestBody) Close() error { return nil }

// request builds and signs the request by hand: what goes out is exactly what was signed, and
// nothing is parsed again.
func (a *attempt) request(ctx context.Context) (*http.Request, *outgoing, error) {
	s := a.p.c.borrow()
	authorization, err := a.p.authorize(s)
	a.p.c.giveBack(s)
	if err != nil {
		return nil, nil, &SignError{Operation: a.p.call.Name, MaybeSent: a.fate.inDoubt, Err: err}
	}
	// RawPath is always set: net/url would escape a path without one in its own way, after it was
	// signed.
	rawPath := cmp.Or(a.p.rawPath, a.p.path)
	o := &outgoing{url: url.URL{Scheme: a.p.origin.scheme, Host: a.host, Path: a.p.path,
		RawPath: rawPath, RawQuery: a.p.query}}
	req := (&http.Request{
		Method: a.p.call.Method, Host: a.host, URL: &o.url,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.header(o, authorization),
	}).WithContext(o.traced(ctx))
	switch {
	case a.p.file != nil:
		a.p.file.attach(a.p, req)
	case a.p.body != nil:
		o.body.Reset(a.p.body)
		req.ContentLength = int64(len(a.p.body))
		req.Body = &o.body
		body := a.p.body // a is of the next attempt by the time that net/http may ask again
		req.GetBody = func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(body)), nil
		}
	}
	return req, o, nil
}

func (a *attempt) header(o *outgoing, authorization string) http.Header {
	h := make(http.Header, 8)
	o.put(h, "Authorization", authorization)
	o.put(h, "Accept", a.accept())
	o.put(h, "User-Agent", a.p.c.userAgent)
	o.put(h, "Content-Type", a.p.kind)
	o.put(h, headerSerial, a.p.call.Serial)
	for name, v := range a.p.call.Header {
		h[unreplayed(name)] = v
	}
	if a.p.opts != nil {
		for name, v := range a.p.opts.header {
			h[unreplayed(name)] = v
		}
	}
	return h
}

// unreplayed spells the headers that make net/http repeat a request by itself, signature and all,
// so that it does not know them.
func unreplayed(name string) string {
	if name == "Idempotency-Key" || name == "X-Idempotency-Key" {
		return strings.ToLower(name)
	}
	return name
}

// put sets a header without allocating for its one value. The slice is full, so that adding to it
// copies it.
func (o *outgoing) put(h http.Header, name, value string) {
	if value == "" {
		return
	}
	o.values[o.set] = value
	o.set++
	h[name] = o.values[o.set-1 : o.set : o.set]
}

func (a *attempt) accept() string {
	if a.p.dst != nil {
		return "*/*"
	}
	return "application/json"
}

// send repairs what breaks the contract of http.RoundTripper: no body, a reply beside an error, or
// neither.
func (c *Client) send(req *http.Request) (*http.Response, error) {
	resp, err := c.roundTrip(req)
	switch {
	case err != nil:
		if resp != nil && resp.Body != nil {
			_ = resp.Body.Close()
		}
		return nil, err
	case resp == nil:
		return nil, errNoResponse
	case resp.Body == nil:
		resp.Body = http.NoBody
	}
	return resp, nil
}

// roundTrip leaves out what http.Client adds for cookies, redirects and its own timeout, unless
// they are wanted: a signed request is never redirected, and its timeout is WithTimeout.
func (c *Client) roundTrip(req *http.Request) (*http.Response, error) {
	if h := c.http(); h.Jar != nil || h.Timeout != 0 {
		return h.Do(req)
	}
	return c.transport().RoundTrip(req)
}

func (c *Client) transport() http.RoundTripper {
	if t := c.http().Transport; t != nil {
		return t
	}
	return http.DefaultTransport
}

// closeAfter closes the body of a reply, which ends a read of it, when ctx ends, that of an attempt
// of a call with the context whole. The function it returns ends that. The bodies of net/http's own
// transport end by themselves.
func (c *Client) closeAfter(ctx, whole context.Context, body io.Closer) (stop func()) {
	if _, own := c.transport().(*http.Transport); own {
		return func() {}
	}
	end := func() { _ = body.Close() }
	at, timed := ctx.Deadline()
	if !timed { // a download
		stop := context.AfterFunc(ctx, end)
		return func() { stop() }
	}
	// A timer costs a third of what context.AfterFunc allocates on a context that is new.
	timer := time.AfterFunc(time.Until(at), func() { <-ctx.Done(); end() })
	if whole.Done() == nil {
		return func() { timer.Stop() }
	}
	left := context.AfterFunc(whole, end)
	return func() { timer.Stop(); left() }
}
