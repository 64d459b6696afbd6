package wxpay

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/gen"
	"github.com/wxgen/wxgen/wxpay/internal/fault"
	"github.com/wxgen/wxgen/wxpay/internal/httptext"
	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

const headerRequestID = "Request-Id"

// exchange is one call on its way: prepared once, then attempted one or more times.
type exchange struct {
	c     *Client
	call  gen.Call
	opts  *callSettings // nil without options
	out   any
	dst   io.Writer // of a download; nil otherwise
	file  upload    // of the call; nil without one
	given *url.URL  // path and query of a raw call, instead of the template's
	// deliver streams a reply to dst; a field, so that only programs that download link it.
	deliver func(ctx context.Context, resp *http.Response, n int, timer *time.Timer) error

	judge func() error // has the last word on a reply; nil for none

	origin  origin
	other   string // host to fail over to; "" for none
	path    string // in clear
	rawPath string // as sent, if that differs
	query   string
	body    []byte // as sent; of a multipart body, what precedes the file
	signed  []byte // the part of the body that is signed
	kind    string // Content-Type
	inDoubt bool   // an earlier attempt may have taken effect
	unsent  bool   // the last attempt got no connection, and another may get one
	// unreached says that the host was not reached. A pool of connections that is used up is no sign of that.
	unreached bool
	written   bool // dst has got something, so the call cannot be repeated
	exempt    bool // from limits: a download of certificates that a call holding a slot waits for
}

// prepare does all that can fail before anything is sent.
func (x *exchange) prepare(ctx context.Context, opts []CallOption) (err error) {
	if err := x.c.unready(ctx, x.call.Name); err != nil {
		return err
	}
	if len(opts) > 0 {
		x.opts = newCallSettings(opts)
		if len(x.opts.faults) > 0 {
			return x.invalid("call option", errors.Join(x.opts.faults...))
		}
		if x.dst == nil && (x.opts.gunzip || x.opts.digest.hex != "") {
			return x.invalid("WithDigest and WithGunzip are for downloads", nil)
		}
	}
	call := &x.call
	if v := reflect.ValueOf(x.out); x.out != nil && (v.Kind() != reflect.Pointer || v.IsNil()) {
		return x.invalid("the result goes into a "+v.Type().String()+"; want a pointer that is not nil", nil)
	}
	if call.Query.Unsealed() != "" {
		return &SealError{Operation: call.Name, Field: call.Query.Unsealed(), Err: fault.ErrUnsealed}
	}
	if err := x.checkText(); err != nil {
		return err
	}
	if call.Query.Fault() != nil {
		return x.invalid("malformed query", call.Query.Fault())
	}
	for name, v := range call.Header {
		if !httptext.IsValue(v[0]) {
			return x.invalid("header "+name+" holds control characters", nil)
		}
	}
	if x.given != nil {
		x.path, x.rawPath, x.query = x.given.Path, x.given.EscapedPath(), x.given.RawQuery
	} else if err := x.expand(); err != nil {
		return err
	} else if problem := x.c.misdirected(x.path); problem != "" {
		return x.invalid(problem, nil)
	} else {
		x.query = call.Query.Encoded()
	}
	if err := x.target(); err != nil {
		return err
	}
	if x.opts != nil {
		if more := x.opts.query.Encoded(); more != "" {
			x.query = strings.TrimPrefix(x.query+"&"+more, "&")
		}
	}
	if err := x.encode(ctx); err != nil {
		return err
	}
	return x.chooseSerial()
}

// expand puts the values into the path.
func (x *exchange) expand() error {
	path, raw, fault := httptext.Expand(x.call.Path, x.call.Args)
	if fault == nil {
		x.path, x.rawPath = path, raw
		return nil
	}
	e := &InvalidError{Operation: x.call.Name, Problem: fault.Problem}
	if fault.Name != "" {
		e.Fields = []string{fault.Name}
	}
	return e
}

func (x *exchange) invalid(problem string, err error) error {
	return &InvalidError{Operation: x.call.Name, Problem: problem, Err: err}
}

// target decides on scheme and host: the base URL of the call, or of the client, or the operation's server, or production.
// The path prefix of an operation's server stays, whatever the host.
func (x *exchange) target() error {
	base := x.c.base
	if x.opts != nil && x.opts.base != nil {
		base = x.opts.base
	}
	x.origin = production
	if base == nil && x.call.Server == "" {
		x.origin.host, x.other = x.c.hosts()
	}
	if x.call.Server != "" {
		o, err := parseOrigin(x.call.Server)
		if err != nil {
			return x.invalid("Call.Server", err)
		}
		x.origin = *o
	}
	if base != nil {
		x.origin = origin{base.scheme, base.host, base.prefix + x.origin.prefix}
	}
	if p := x.origin.prefix; p != "" {
		clear, err := url.PathUnescape(p)
		if err != nil {
			return x.invalid("base URL", errors.New("malformed path"))
		}
		if x.rawPath != "" || clear != p {
			x.rawPath = p + cmp.Or(x.rawPath, x.path)
		}
		x.path = clear + x.path
	}
	return nil
}

// encode marshals the body, once for all attempts: the bytes signed are the bytes sent.
func (x *exchange) encode(ctx context.Context) error {
	var fields []extraField
	if x.opts != nil {
		fields = x.opts.fields
	}
	var w wire.Writer
	if raw, ok := x.call.Body.(rawBody); ok {
		var err error
		if !utf8.Valid(raw) {
			return garbled(x.call.Name, "body")
		}
		if x.signed, err = addFields(&w, bytes.Clone(raw), fields); err != nil {
			return x.fieldFault(err)
		}
	} else if x.call.Body != nil || len(fields) > 0 {
		s := x.c.borrow()
		defer x.c.giveBack(s)
		body, err := w.Append(s.json, x.call.Body)
		if err != nil {
			s.json = s.json[:cap(s.json)] // some of it was written
			return x.encodingFault(err)
		}
		s.json = body
		if body, err = addFields(&w, body, fields); err != nil {
			s.json = s.json[:cap(s.json)] // some fields were written
			return x.fieldFault(err)
		}
		s.json = body
		x.signed = bytes.Clone(body) // net/http may read it after the call has returned
	}
	if w.Mixed {
		return x.invalid("the body holds Secrets that were sealed with different platform keys", nil)
	}
	x.call.Serial = cmp.Or(x.call.Serial, w.Serial)
	if x.call.File != nil {
		var ok bool
		if x.file, ok = x.call.File.(upload); !ok {
			return x.invalid(fmt.Sprintf("Call.File is a %T; want a *wxpay.File", x.call.File), nil)
		}
		return x.file.frame(ctx, x)
	}
	if x.body = x.signed; x.body != nil {
		x.kind = "application/json"
	}
	return nil
}

func (x *exchange) encodingFault(err error) error {
	if errors.Is(err, fault.ErrUnsealed) {
		return &SealError{Operation: x.call.Name, Field: "body", Err: fault.ErrUnsealed}
	}
	if fault := misplaced(x.call.Name, "body", err); fault != nil {
		return fault
	}
	return x.invalid("body does not encode as JSON", err)
}

func (x *exchange) fieldFault(err error) error {
	if fault := misplaced(x.call.Name, "WithField", err); fault != nil {
		return fault
	}
	return x.invalid("call option", err)
}

// chooseSerial names the platform key that the reply shall be signed with: the one that sealed, else the preferred one.
func (x *exchange) chooseSerial() error {
	if x.opts != nil && x.opts.serial != "" {
		if x.call.Serial != "" && x.opts.serial != x.call.Serial {
			return x.invalid("WithSerial names another key than the one that sealed", nil)
		}
		x.call.Serial = x.opts.serial
	}
	if x.call.Serial != "" {
		return nil
	}
	// Without a valid key the header is left out: a call that only reads may still succeed, and bring the certificates.
	if key, err := x.c.keys.sealer("", x.c.now); err == nil {
		x.call.Serial = key.serial
	}
	return nil
}

func (x *exchange) idempotent() bool {
	return x.call.Idempotent || x.call.Method == http.MethodGet || x.opts != nil && x.opts.idempotent
}

func (x *exchange) unsigned() bool { return x.call.Unsigned || x.opts != nil && x.opts.unsigned }

func (x *exchange) maxBody() int64 {
	if x.opts != nil && x.opts.maxBody > 0 {
		return x.opts.maxBody
	}
	return x.c.maxBody
}

func (x *exchange) timeout() time.Duration {
	if x.opts != nil && x.opts.timeout > 0 {
		return x.opts.timeout
	}
	return x.c.timeout
}

// rawBody is sent as it is.
type rawBody []byte

// extraField is one of WithField.
type extraField struct {
	name  string
	value any
}

// addFields splices fields into the JSON object body; null stands for none.
func addFields(w *wire.Writer, body []byte, fields []extraField) ([]byte, error) {
	if len(fields) == 0 {
		return body, nil
	}
	members := make(map[string]json.RawMessage)
	if wire.Decode(body, &members) != nil {
		return nil, errors.New("WithField: the body is no JSON object")
	}
	out := bytes.TrimSuffix(bytes.TrimRight(body, " \t\r\n"), []byte("}"))
	if members == nil {
		members, out = make(map[string]json.RawMessage), []byte("{")
	}
	for _, f := range fields {
		if _, taken := members[f.name]; taken {
			return nil, errors.New("WithField: the body already has " + f.name)
		}
		if !utf8.ValidString(f.name) {
			return nil, fault.ErrNotUTF8
		}
		value, err := w.Append(nil, f.value)
		if errors.Is(err, fault.ErrNotUTF8) {
			return nil, fault.Below(f.name, -1, err)
		}
		if err != nil {
			return nil, errors.New("WithField: " + f.name + " does not encode as JSON")
		}
		if members[f.name] = value; len(members) > 1 {
			out = append(out, ',')
		}
		out = append(append(wire.AppendText(out, []byte(f.name)), ':'), value...)
	}
	return append(out, '}'), nil
}
