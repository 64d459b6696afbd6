package wxpay

import (
	"cmp"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/wxgen/wxgen/wxpay/internal/httptext"
)

// target chooses scheme and host: those of the call's base URL, of the client's, of the operation's
// server, or of production, in this order. The path prefix of an operation's server always stays.
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

// prefix puts the path of the base URL, or of the operation's server, before the call's path.
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

// misdirected says why a path is not for the caller; "" if it is. Whole paths, as of Raw, are not
// checked: the brand site has a page about a path below /v3, so there may be exceptions.
func (c *Client) misdirected(path string) string {
	switch {
	case c.brandID != "" && strings.HasPrefix(path, "/v3/"):
		return "the client signs for a brand, and paths below /v3/ are for merchants; use a " +
			"client with Config.MchID"
	case c.mchID != "" && strings.HasPrefix(path, "/brand/"):
		return "the client signs for a merchant, and paths below /brand/ are for brands; use a " +
			"client with Config.BrandID"
	}
	return ""
}

// backupFor is how long calls go to the backup host first, after the production host could not be
// reached. Otherwise every call would wait for its own connection to time out.
const backupFor = time.Minute

// hosts returns the host to call, and the host to fail over to.
func (c *Client) hosts() (host, other string) {
	if until := c.backupUntil.Load(); until != 0 && c.backup != "" && c.now().UnixNano() < until {
		return c.backup, defaultHost
	}
	return defaultHost, c.backup
}

// moveTo records that the other host could not be reached.
func (c *Client) moveTo(host string) {
	until := int64(0)
	if host == c.backup {
		until = c.now().Add(backupFor).UnixNano()
	}
	c.backupUntil.Store(until)
}
