package wxpay

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/wxgen/wxgen/wxpay/gen"
)

// prepared is what a call is made of. It is made once, by prepare, and never changes after.
type prepared struct {
	c     *Client
	call  gen.Call
	opts  *callSettings // nil without options
	out   any
	dst   io.Writer // of a download; nil otherwise
	file  upload    // of the call; nil without one
	given *url.URL  // path and query of a raw call, instead of the template's
	// exempt says that no limit holds the call up: a call that holds a slot may wait for it.
	exempt bool

	judge func() error // may still refuse a verified reply; nil for none

	origin  origin
	other   string // host to fail over to; "" for none
	path    string // in clear
	rawPath string // as sent, if that differs
	query   string
	body    []byte // as sent; of a multipart body, what precedes the file
	signed  []byte // the part of the body that is signed
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

// upload is what a *[File] does for a call. It is an interface, so that only programs that upload
// link it.
type upload interface {
	// frame makes the body of p but for the file, and attach that of one request.
	frame(ctx context.Context, p *prepared) error
	attach(p *prepared, req *http.Request)
}
