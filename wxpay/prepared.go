package wxpay

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"time"

	"github.com/wxgen/wxgen/wxpay/gen"
	"github.com/wxgen/wxgen/wxpay/internal/fault"
	"github.com/wxgen/wxgen/wxpay/internal/httptext"
)

const headerRequestID = "Request-Id"

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

	// deliver streams a reply to dst; a field, so that only programs that download link it.
	deliver func(a *attempt, ctx context.Context, resp *http.Response, timer *time.Timer) error
	judge   func() error // has the last word on a reply; nil for none

	origin  origin
	other   string // host to fail over to; "" for none
	path    string // in clear
	rawPath string // as sent, if that differs
	query   string
	body    []byte // as sent; of a multipart body, what precedes the file
	signed  []byte // the part of the body that is signed
	kind    string // Content-Type
}

// prepare does all that can fail before anything is sent.
func (p *prepared) prepare(ctx context.Context, opts []CallOption) (err error) {
	if err := p.c.unready(ctx, p.call.Name); err != nil {
		return err
	}
	if len(opts) > 0 {
		p.opts = newCallSettings(opts)
		if len(p.opts.faults) > 0 {
			return p.invalid("call option", errors.Join(p.opts.faults...))
		}
		if p.dst == nil && (p.opts.gunzip || p.opts.digest.hex != "") {
			return p.invalid("WithDigest and WithGunzip are for downloads", nil)
		}
	}
	call := &p.call
	if v := reflect.ValueOf(p.out); p.out != nil && (v.Kind() != reflect.Pointer || v.IsNil()) {
		return p.invalid("the result goes into a "+v.Type().String()+"; want a pointer that is not nil", nil)
	}
	if call.Query.Unsealed() != "" {
		return &SealError{Operation: call.Name, Field: call.Query.Unsealed(), Err: fault.ErrUnsealed}
	}
	if err := p.checkText(); err != nil {
		return err
	}
	if call.Query.Fault() != nil {
		return p.invalid("malformed query", call.Query.Fault())
	}
	for name, v := range call.Header {
		if !httptext.IsValue(v[0]) {
			return p.invalid("header "+name+" holds control characters", nil)
		}
	}
	if p.given != nil {
		p.path, p.rawPath, p.query = p.given.Path, p.given.EscapedPath(), p.given.RawQuery
	} else if err := p.expand(); err != nil {
		return err
	} else if problem := p.c.misdirected(p.path); problem != "" {
		return p.invalid(problem, nil)
	} else {
		p.query = call.Query.Encoded()
	}
	if err := p.target(); err != nil {
		return err
	}
	if p.opts != nil {
		if more := p.opts.query.Encoded(); more != "" {
			p.query = strings.TrimPrefix(p.query+"&"+more, "&")
		}
	}
	if err := p.encode(ctx); err != nil {
		return err
	}
	return p.chooseSerial()
}

// prefix puts the path of the base URL, or of the operation's server, before that of the call.
func (p *prepared) prefix() error {
	prefix := p.origin.prefix
	if prefix == "" {
		return nil
	}
	clear, err := url.PathUnescape(prefix)
	if err != nil {
		return p.invalid("base URL", errors.New("malformed path"))
	}
	if p.rawPath != "" || clear != prefix {
		p.rawPath = prefix + cmp.Or(p.rawPath, p.path)
	}
	p.path = clear + p.path
	return nil
}

// expand puts the values into the path.
func (p *prepared) expand() error {
	path, raw, fault := httptext.Expand(p.call.Path, p.call.Args)
	if fault == nil {
		p.path, p.rawPath = path, raw
		return nil
	}
	e := &InvalidError{Operation: p.call.Name, Problem: fault.Problem}
	if fault.Name != "" {
		e.Fields = []string{fault.Name}
	}
	return e
}

func (p *prepared) invalid(problem string, err error) error {
	return &InvalidError{Operation: p.call.Name, Problem: problem, Err: err}
}

// target decides on scheme and host: the base URL of the call, or of the client, or the operation's server, or production.
// The path prefix of an operation's server stays, whatever the host.
func (p *prepared) target() error {
	base := p.c.base
	if p.opts != nil && p.opts.base != nil {
		base = p.opts.base
	}
	p.origin = production
	if base == nil && p.call.Server == "" {
		p.origin.host, p.other = p.c.hosts()
	}
	if p.call.Server != "" {
		o, err := parseOrigin(p.call.Server)
		if err != nil {
			return p.invalid("Call.Server", err)
		}
		p.origin = *o
	}
	if base != nil {
		p.origin = origin{base.scheme, base.host, base.prefix + p.origin.prefix}
	}
	return p.prefix()
}

// chooseSerial names the platform key that the reply shall be signed with: the one that sealed, else the preferred one.
func (p *prepared) chooseSerial() error {
	if p.opts != nil && p.opts.serial != "" {
		if p.call.Serial != "" && p.opts.serial != p.call.Serial {
			return p.invalid("WithSerial names another key than the one that sealed", nil)
		}
		p.call.Serial = p.opts.serial
	}
	if p.call.Serial != "" {
		return nil
	}
	// Without a valid key the header is left out: a call that only reads may still succeed, and bring the certificates.
	if key, err := p.c.keys.sealer("", p.c.now); err == nil {
		p.call.Serial = key.serial
	}
	return nil
}

func (p *prepared) idempotent() bool {
	return p.call.Idempotent || p.call.Method == http.MethodGet || p.opts != nil && p.opts.idempotent
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
