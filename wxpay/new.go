package wxpay

import (
	"crypto"
	"crypto/rsa"
	"errors"
	"net"
	"net/http"
	"time"
)

// New checks the configuration, reporting every fault of it at once as a [*ConfigError], and
// returns a client. It does no I/O.
func New(cfg Config, opts ...Option) (*Client, error) {
	c := &Client{settings: defaultSettings(), mchID: cfg.MchID, brandID: cfg.BrandID,
		serialNo: cfg.SerialNo, credentials: cfg.credentials()}
	for _, o := range opts {
		if o == nil {
			c.fault("New", "nil option; leave it out")
			continue
		}
		o.applyClient(&c.settings)
	}
	var err error
	c.keys, err = newKeyRing(&cfg)
	if err := errors.Join(cfg.check(c.source != nil), err, errors.Join(c.faults...)); err != nil {
		return nil, err
	}
	if err := c.keep(cfg.PrivateKey, cfg.APIv3Key); err != nil {
		return nil, err
	}
	if c.source != nil {
		c.certificates = c.source(c)
	}
	c.scratch.New = func() any { return new(scratch) }
	c.walkers.New = func() any { return new(sealer) }
	return c, nil
}

// keep conceals the private parts.
func (c *Client) keep(key crypto.Signer, apiV3Key string) error {
	block, err := newBlock(apiV3Key)
	if err != nil {
		return err
	}
	key = precomputed(key)
	decrypter, _ := key.(crypto.Decrypter)
	c.private = conceal(private{signedOnly(c.given), key, decrypter, lazyAEAD{block: block}})
	c.given = nil
	return nil
}

// signedOnly returns a copy of h that follows no redirect, since a signature holds for one path
// only. A redirecting reply becomes an [*Error].
func signedOnly(h *http.Client) *http.Client {
	if h == nil {
		h = &http.Client{Transport: newTransport()}
	}
	copied := *h
	copied.CheckRedirect = func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}
	return &copied
}

// newTransport is the default transport of a client: it has its own connections, and bounds every
// wait before a reply.
func newTransport() http.RoundTripper {
	base, ok := http.DefaultTransport.(*http.Transport)
	if !ok { // the program has replaced it, so it is used
		return http.DefaultTransport
	}
	t := base.Clone()
	// all calls go to one host; the default of 2 would close connections all the time
	t.MaxIdleConnsPerHost = 64
	t.TLSHandshakeTimeout = 10 * time.Second
	// real ones are below 2 KB; errors would keep the default of 10 MB
	t.MaxResponseHeaderBytes = 256 << 10
	// short, to leave time for the backup host
	t.DialContext = dialQuietly(&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second})
	return t
}

// precomputed returns a copy of an RSA key that signs at full speed. It does not change the key,
// which may be in use.
func precomputed(s crypto.Signer) crypto.Signer {
	key, ok := s.(*rsa.PrivateKey)
	if !ok {
		return s
	}
	copied := *key
	copied.Precompute()
	return &copied
}

func defaultSettings() settings {
	return settings{
		backup: defaultBackup, now: time.Now, skew: defaultSkew, maxBody: DefaultMaxBody,
		timeout:   DefaultTimeout,
		userAgent: "wxgen-wxpay/1 (Go)", retry: RetryPolicy{}.withDefaults(),
	}
}
