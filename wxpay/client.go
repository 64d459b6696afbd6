package wxpay

import (
	"crypto"
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Client calls WeChat Pay for one merchant, or for one brand. It is safe for concurrent use, and meant to be kept: it holds connections.
type Client struct {
	settings
	mchID, brandID string // one of them is empty
	serialNo       string
	credentials    string // how the Authorization header begins, up to the nonce
	private        concealed[private]
	keys           *KeyRing
	certificates   refresher // nil unless WithCertificates

	backupUntil atomic.Int64 // Unix nanoseconds; calls go to the backup host first until then

	scratch sync.Pool // *scratch
	walkers sync.Pool // *sealer
}

// private is what nobody shall see who dumps a client: keys, and the connections, whose buffers hold the last requests and replies.
type private struct {
	http      *http.Client
	key       crypto.Signer
	decrypter crypto.Decrypter // nil if key is none
	aead      lazyAEAD         // of the APIv3 key
}

// New checks the configuration, reporting every fault of it at once as a [*ConfigError], and returns a client. It does no I/O.
func New(cfg Config, opts ...Option) (*Client, error) {
	c := &Client{settings: defaultSettings(), mchID: cfg.MchID, brandID: cfg.BrandID, serialNo: cfg.SerialNo, credentials: cfg.credentials()}
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

// keep puts away what is private.
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

func (c *Client) http() *http.Client { return c.private.Load().http }

// MchID returns the number of the merchant that signs; "" if a brand does.
func (c *Client) MchID() string {
	if c == nil {
		return ""
	}
	return c.mchID
}

// BrandID returns the number of the brand that signs; "" if a merchant does.
func (c *Client) BrandID() string {
	if c == nil {
		return ""
	}
	return c.brandID
}

// Keys returns the platform's keys, to add and remove them at run time.
func (c *Client) Keys() *KeyRing {
	if c == nil {
		return nil
	}
	return c.keys
}

// Certificates returns the source of platform certificates; nil unless the client was made with [WithCertificates].
func (c *Client) Certificates() *CertificateSource {
	if c == nil {
		return nil
	}
	s, _ := c.certificates.(*CertificateSource)
	return s
}

// CloseIdleConnections closes the connections that no call is using, those of others that share the http.Client included.
func (c *Client) CloseIdleConnections() {
	if c.unmade("") == nil {
		c.http().CloseIdleConnections()
	}
}

// signedOnly returns a copy of h that follows no redirect, since a signature holds for one path only; the reply that
// redirects becomes an [*Error].
func signedOnly(h *http.Client) *http.Client {
	if h == nil {
		h = &http.Client{Transport: newTransport()}
	}
	copied := *h
	copied.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &copied
}

// pooled reports whether a request may wait for a connection that another one holds.
func (c *Client) pooled() bool {
	t, ok := c.http().Transport.(*http.Transport)
	return ok && t.MaxConnsPerHost > 0
}

// newTransport is what a client uses by default: its own connections, and no wait without an end before a reply begins.
func newTransport() http.RoundTripper {
	base, ok := http.DefaultTransport.(*http.Transport)
	if !ok { // replaced by the program: its choice
		return http.DefaultTransport
	}
	t := base.Clone()
	t.MaxIdleConnsPerHost = 64 // all calls go to one host; the default of 2 would close connections all the time
	t.TLSHandshakeTimeout = 10 * time.Second
	t.MaxResponseHeaderBytes = 256 << 10 // real ones are below 2 KB; the default of 10 MB would be kept in errors
	// Short, so that there is time left for the backup host.
	t.DialContext = dialQuietly(&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second})
	return t
}
