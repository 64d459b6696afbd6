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

// outgoing holds the parts of one request in one piece of memory.
type outgoing struct {
	url    url.URL
	body   requestBody
	values [5]string // of the headers
	set    int
	trace  httptrace.ClientTrace
	sought atomic.Bool // net/http began to look for a connection
	found  atomic.Bool // and got a connection
}

// traced has net/http report connections to o. Its errors do not suffice, as an attempt's timeout
// may hide them.
func (o *outgoing) traced(ctx context.Context) context.Context {
	o.trace.GetConn = func(string) { o.sought.Store(true) }
	o.trace.GotConn = func(info httptrace.GotConnInfo) {
		o.found.Store(true)
		beginOn(info.Conn, &o.trace)
	}
	return httptrace.WithClientTrace(ctx, &o.trace)
}

// requestBody reads the signed bytes.
type requestBody struct{ bytes.Reader }

func (*requestBody) Close() error { return nil }

// request builds and signs the request by hand, without parsing: it sends exactly what it signed.
func (a *attempt) request(ctx context.Context) (*http.Request, *outgoing, error) {
	s := a.p.c.borrow()
	authorization, err := a.p.authorize(s)
	a.p.c.giveBack(s)
	if err != nil {
		return nil, nil, &SignError{Operation: a.p.call.Name, MaybeSent: a.fate.inDoubt, Err: err}
	}
	// RawPath is always set: otherwise net/url would escape the signed path in its own way.
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
		body := a.p.body // net/http may ask again during the next attempt, which changes a
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

// unreplayed changes the case of the headers that make net/http repeat a request, so that net/http
// does not recognize them. A repeated request would have a used signature.
func unreplayed(name string) string {
	if name == "Idempotency-Key" || name == "X-Idempotency-Key" {
		return strings.ToLower(name)
	}
	return name
}

// put sets a header of one value without allocating. The slice is full, so that appending to it
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

// send corrects transports that break the contract of http.RoundTripper: they return no body, a
// reply beside an error, or neither.
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

// roundTrip skips http.Client's work for cookies, redirects and timeouts, unless the caller's
// client has a cookie jar or a timeout: a signed request is never redirected, and WithTimeout
// bounds it.
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

// closeAfter closes the body of a reply when ctx, the context of an attempt, ends; whole is that of
// the call. Closing ends a read of the body. Stop prevents it. The bodies of net/http's own
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
	// On a new context a timer costs a third of the memory of context.AfterFunc.
	ended := func() { <-ctx.Done(); end() } // the reader of the body then knows why it was closed
	timer := time.AfterFunc(time.Until(at), ended)
	if whole.Done() == nil {
		return func() { timer.Stop() }
	}
	left := context.AfterFunc(whole, ended)
	return func() { timer.Stop(); left() }
}
