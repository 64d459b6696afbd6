package wxpay

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/wxgen/wxgen/wxpay/gen"
)

// prepared holds the prepared parts of a call. Prepare makes it once, and it never changes after.
type prepared struct {
	c     *Client
	call  gen.Call
	opts  *callSettings // nil without options
	out   any
	dst   io.Writer // of a download; nil otherwise
	file  upload    // of the call; nil without one
	given *url.URL  // path and query of a raw call, instead of the template's
	// exempt calls skip the limits: another call may hold a slot while it waits for them.
	exempt bool

	judge func() error // may refuse a verified reply; nil for none

	origin  origin
	other   string // host to fail over to; "" for none
	path    string // in clear
	rawPath string // as sent, if that differs
	query   string
	body    []byte // as sent; for a multipart body, the part before the file
	signed  []byte // the signed part of the body
	kind    string // Content-Type
}

func (p *prepared) invalid(problem string, err error) error {
	return &InvalidError{Operation: p.call.Name, Problem: problem, Err: err}
}

func (p *prepared) idempotent() bool {
	return p.call.Idempotent || p.call.Method == http.MethodGet || p.opts != nil &&
		p.opts.idempotent
}

// changes reports whether the call may change something at WeChat Pay.
func (p *prepared) changes() bool { return p.call.Method != http.MethodGet }

func (p *prepared) unsigned() bool { return p.call.Unsigned || p.opts != nil && p.opts.unsigned }

func (p *prepared) maxBody() int64 {
	if p.opts != nil && p.opts.maxBody > 0 {
		return p.opts.maxBody
	}
	return p.c.maxBody
}

func (p *prepared) timeout() time.Duration {
	if p.opts != nil && p.opts.timeout > 0 {
		return p.opts.timeout
	}
	return p.c.timeout
}

// upload is the part of a *[File] that a call uses. It is an interface, so that programs without
// uploads do not link it.
type upload interface {
	// frame makes the body of p except the file; attach makes the body of one request.
	frame(ctx context.Context, p *prepared) error
	attach(p *prepared, req *http.Request)
}
