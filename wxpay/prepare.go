package wxpay

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/internal/fault"
	"github.com/wxgen/wxgen/wxpay/internal/httptext"
)

// prepare takes all steps that can fail before anything is sent.
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
		return p.invalid("the result goes into a "+v.Type().String()+
			"; want a pointer that is not nil", nil)
	}
	if call.Query.Unsealed() != "" {
		return &SealError{Operation: call.Name, Field: call.Query.Unsealed(),
			Err: fault.ErrUnsealed}
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

// chooseSerial names the platform key for the reply's signature: the key that sealed, else the
// preferred one.
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
	// Without a valid key the call has no such header: a query may still succeed, and its reply may
	// cause the download of the certificates.
	if key, err := p.c.keys.sealer("", p.c.now); err == nil {
		p.call.Serial = key.serial
	}
	return nil
}

// checkText refuses a query or a header whose text is not UTF-8.
func (p *prepared) checkText() error {
	if err := misplaced(p.call.Name, "query", p.call.Query.Fault()); err != nil {
		return err
	}
	for name, v := range p.call.Header {
		if !utf8.ValidString(v[0]) {
			return garbled(p.call.Name, name)
		}
	}
	if p.opts == nil {
		return nil
	}
	for name, values := range p.opts.header {
		for _, v := range values {
			if !utf8.ValidString(v) {
				return garbled(p.call.Name, name)
			}
		}
	}
	return misplaced(p.call.Name, "query", p.opts.query.Fault())
}
